import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Correspondence, makeCorrespondence, until } from '../peers/mail/correspondence.ts';
import { type ScriptedRelay, startRelay } from '../peers/mail/scripted-relay.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const notices = atScale({ short: 100, ordinary: 1_000, long: 10_000 });
const outages = atScale({ short: 2, ordinary: 5, long: 20 });
/** Its own patience between two tries of a mail is a matter of minutes, by its clock: this is the machine's. */
const withinMs = 60_000;
let post: Correspondence;
let relay: ScriptedRelay;

beforeEach(async () => {
  post = await makeCorrespondence();
  relay = await startRelay();
  post.through({ host: '127.0.0.1', port: relay.port, tls: 'none', credentials: undefined });
});
afterEach(async () => {
  await post.dispose();
  await relay.stop();
});

type Received = ScriptedRelay['received'];

/** Notices that never came out, and those that came out as more than one mail: a receiver drops a double that has the same Message-ID. */
function weigh(people: readonly string[], received: Received): { lost: number; duplicated: number } {
  const ids = people.map((address) => new Set(received.filter((mail) => mail.to === address).map(({ messageId }) => messageId)));
  return { lost: ids.filter(({ size }) => size === 0).length, duplicated: ids.reduce((sum, { size }) => sum + Math.max(0, size - 1), 0) };
}

test(
  'the relay goes down again and again under notices: each comes out once, with one Message-ID',
  async () => {
    const people = Array.from({ length: notices }, (_, n) => `parent${n}@tilleuls.example`);
    const deliveries: Awaited<ReturnType<typeof post.writesTo>>[] = [];
    for (const address of people) deliveries.push(await post.writesTo(address));
    const received: Received = [];
    const recoveries: number[] = [];
    for (let outage = 0; outage < outages; outage += 1) {
      const wanted = Math.floor((notices * (outage + 1)) / (outages + 1)) - received.length;
      await post.roundsUntil(() => relay.received.length >= wanted);
      await relay.stop();
      await post.round();
      received.push(...relay.received);
      relay = await startRelay({ port: relay.port });
      const backAt = performance.now();
      await post.roundsUntil(() => relay.received.length > 0);
      recoveries.push(performance.now() - backAt);
    }
    await post.roundsUntil(() => received.length + relay.received.length >= notices);
    const sent = async () => (await Promise.all(deliveries.map((delivery) => delivery()))).every((delivery) => delivery?.state === 'sent');
    await post.roundsUntil(sent);
    await until(sent);
    received.push(...relay.received);
    const figures = weigh(people, received);
    const twice = received.length - new Set(received.map(({ messageId }) => messageId)).size;
    const [first] = received;
    if (!first) throw new Error('Nothing came out');
    const controls = [
      {
        broken: 'a relay that forgets one mail',
        expected: 1,
        seen: weigh(
          people,
          received.filter(({ to }) => to !== first.to),
        ).lost,
      },
      {
        broken: 'a sender that gives each try a Message-ID of its own',
        expected: 1,
        seen: weigh(people, [...received, { ...first, messageId: '<other@pli>' }]).duplicated,
      },
    ] as const;
    const of = `${notices} notices, ${twice} handed over twice under one Message-ID`;
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(notices);
    conclude({ fault: 'SMTP outage', rounds: outages, ...figures, recoveries, withinMs, of, controls });
  },
  patience,
);
