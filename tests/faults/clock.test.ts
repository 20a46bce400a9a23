import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { accessAttachment, accessOneConversation, expireMessages, openMessage, readThread } from '#domain/conversations/api.ts';
import { localDay } from '#shared/expiry.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../support/people.ts';
import { newVisitor, outcome, settle } from '../support/visitor.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const rounds = atScale({ short: 1, ordinary: 4, long: 20 });
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
let world: Innovactione;

beforeEach(async () => {
  world = await makeInnovactione({ at: new Date().toISOString() });
  await world.allowDays(3_650);
});
afterEach(() => world.dispose());

type Letter = { id: string; file: string; expiresAt: number };

/** Marie writes to Jean, with a file, until the same time of that local day; Jean has opened it. */
async function letter(zone: string, expiresOn: string): Promise<Letter> {
  const marie = await world.as(world.marie.profileId);
  const jean = await world.as(world.jean.profileId);
  const source = Readable.from([Buffer.from('le relevé')]);
  const received = await receiveFile(marie, { profileId: world.marie.profileId, name: 'relevé.txt', mediaType: 'text/plain', source, limit: 1000 });
  const file = done(received).uploadId;
  const posted = world.clock.now();
  const id = await converse(marie, world.marie.personaId, { uploadIds: [file], expiresOn });
  const [message] = await messagesOf(jean, id);
  done(await openMessage(jean, { conversationId: id, messageId: message?.id ?? '', personaId: world.jean.personaId }));
  return { id, file, expiresAt: firstInstantOf(`${expiresOn} ${wallClock(posted, zone).slice(11)}`, zone, posted) };
}

async function messagesOf(ctx: SignedInCtx, conversationId: string) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  return conversation ? (await readThread(ctx, conversation, {})).messages : [];
}

const wallClock = (at: Date | number, zone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);

/** By looking at the clock on the wall, second by second in the end: when it first says that, or later. Not by the product's own arithmetic. */
function firstInstantOf(wanted: string, zone: string, from: Date): number {
  let at = from.getTime() - (from.getTime() % second);
  for (const step of [day, hour, minute, second]) while (wallClock(at + step, zone) < wanted) at += step;
  return at + second + (from.getTime() % second);
}

/** Whether the text or the file can be read, by its reader, at this moment of Pli's clock. `through` stands for another reader's clock. */
async function isReadable({ id, file }: Letter, through: Partial<SignedInCtx> = {}): Promise<boolean> {
  const jean = { ...(await world.as(world.jean.profileId)), ...through };
  const open = (await messagesOf(jean, id)).some((message) => message.state === 'open' && message.text !== '');
  const found = await accessAttachment(jean, { conversationId: id, attachmentId: file });
  const bytes = found ? await text(await found.read()).catch(() => '') : '';
  return open || bytes === 'le relevé';
}

/** What the letters are at this moment, beside what they should be. */
async function weigh(letters: readonly Letter[], through: Partial<SignedInCtx> = {}) {
  const now = world.clock.now().getTime();
  let [leaked, lost] = [0, 0];
  for (const one of letters) {
    const readable = await isReadable(one, through);
    if (readable && now >= one.expiresAt) leaked += 1;
    if (!readable && now < one.expiresAt) lost += 1;
  }
  return { leaked, lost };
}

const zones = ['America/Toronto', 'Europe/Paris'];

test(
  'a clock that leaps an hour or a year, and back: nothing expired is read, nothing is destroyed before its time, no code serves twice',
  async () => {
    const found = { leaked: 0, lost: 0, duplicated: 0 };
    const add = (more: Partial<typeof found>) => {
      for (const key of ['leaked', 'lost', 'duplicated'] as const) found[key] += more[key] ?? 0;
    };
    // A real installation: that of the demonstration believes its clock, which is moved on purpose.
    await world.ctx.db.updateTable('installation').set({ demonstration: false }).execute();
    const start = world.clock.now().getTime();
    const zone = zones[0] ?? '';
    world.clock.set(new Date(start - day + 30 * minute));
    const soon = await letter(zone, localDay(new Date(start + 30 * minute), zone));
    world.clock.set(new Date(start));
    const letters = [soon, ...(await Promise.all([2, 40, 300].map((days) => letter(zone, localDay(new Date(start + days * day), zone)))))];
    await world.sweep();
    const leaps = Array.from({ length: rounds }, () => [hour, -hour, 365 * day, -365 * day]).flat();
    for (const leap of leaps) {
      add({ duplicated: await codesTwice(leap) });
      world.clock.set(new Date(start + leap));
      add(await weigh(letters));
      await world.sweep();
      add(await weigh(letters));
      world.clock.set(new Date(start));
      add(await weigh(letters));
      await world.sweep();
      add(await weigh(letters));
    }
    const controls = [
      { broken: 'a reader whose clock stands still', expected: letters.length, seen: await leakedByStillClock(letters, start) },
      { broken: 'a sweep that believes any clock', expected: letters.length, seen: await lostByCredulity(letters, start) },
      { broken: 'a second code taken for the first', expected: 1, seen: await codesTwice(0, { asksAgain: true }) },
    ] as const;
    conclude({ fault: 'clock: leaps', rounds: leaps.length, ...found, of: `${letters.length} messages`, controls });
  },
  patience,
);

let codes = 0;

/** How often a code served beyond the first time, tried before the leap, after it and back. */
async function codesTwice(leap: number, { asksAgain = false } = {}): Promise<number> {
  const start = world.clock.now();
  // Each time another address: of one, codes are sent a few times only.
  codes += 1;
  const address = `nadia.roy.${codes}@courriel.example`;
  await settle(world, 'Nadia Roy', [address]);
  const visitor = newVisitor(world);
  await visitor.begins(address);
  done(await visitor.asksForCode());
  const flow = visitor.visit.flow;
  const code = await world.lastCode(address);
  let served = 0;
  const tries = async (given: string, visit = flow) => {
    visitor.visit.flow = visit;
    if (outcome(await visitor.givesCode(given)) === 'signed-in') served += 1;
  };
  await tries(code);
  for (const at of [start.getTime() + leap, start.getTime()]) {
    world.clock.set(new Date(at));
    await tries(code);
  }
  if (asksAgain) {
    world.clock.advance(120);
    await visitor.begins(address);
    done(await visitor.asksForCode());
    await tries(await world.lastCode(address), visitor.visit.flow);
    world.clock.set(start);
  }
  expect(served).toBeGreaterThan(0);
  return served - 1;
}

async function leakedByStillClock(letters: readonly Letter[], start: number): Promise<number> {
  world.clock.set(new Date(start + 365 * day));
  const { leaked } = await weigh(letters, { now: () => new Date(start) });
  world.clock.set(new Date(start));
  return leaked;
}

async function lostByCredulity(letters: readonly Letter[], start: number): Promise<number> {
  await world.ctx.db.updateTable('installation').set({ demonstration: true }).execute();
  world.clock.set(new Date(start + 365 * day));
  await expireMessages(world.ctx);
  world.clock.set(new Date(start));
  return (await weigh(letters)).lost;
}

/** Local nights on which a clock on the wall leaps, and the day that most years lack. */
const nights = [
  { zone: 'Europe/Paris', on: '2027-03-28' },
  { zone: 'Europe/Paris', on: '2027-10-31' },
  { zone: 'America/Toronto', on: '2027-03-14' },
  { zone: 'America/Toronto', on: '2027-11-07' },
  { zone: 'Europe/Paris', on: '2028-02-29' },
  { zone: 'America/Toronto', on: '2028-02-29' },
];

/** Beside the instant of each message and the second before: regularly, through six hours of the night. */
const nightLooks = atScale({ short: 0, ordinary: 36, long: 360 });

test(
  'summer time, winter time and 29 February, in Paris and in Toronto: each message is read until its instant, and not after',
  async () => {
    const found = { leaked: 0, lost: 0 };
    const add = (more: typeof found) => {
      found.leaked += more.leaked;
      found.lost += more.lost;
    };
    const letters: Letter[] = [];
    let looks = 0;
    for (const { zone, on } of nights) {
      await world.ctx.db.updateTable('organisations').set({ time_zone: zone }).execute();
      const evening = firstInstantOf(`${on} 00:00:00`, zone, new Date(Date.parse(`${on}T00:00:00Z`) - 2 * day));
      const these: Letter[] = [];
      for (const at of ['00:30', '01:30', '02:00', '02:30', '03:00', '03:30']) {
        // Two days before, at that time of the clock on the wall.
        world.clock.set(new Date(firstInstantOf(`${localDay(new Date(evening - 36 * hour), zone)} ${at}:00`, zone, new Date(evening - 4 * day))));
        these.push(await letter(zone, on));
      }
      const steps = Array.from({ length: nightLooks }, (_, n) => evening + (n * 6 * hour) / nightLooks);
      for (const at of [...new Set([...these.map(({ expiresAt }) => expiresAt), ...steps])].sort((a, b) => a - b)) {
        for (const instant of [at - second, at]) {
          world.clock.set(new Date(instant));
          add(await weigh(these));
          looks += 1;
        }
        await world.sweep();
        add(await weigh(these));
      }
      letters.push(...these);
    }
    const control = { broken: 'a reader whose clock is an hour late', expected: 'some', seen: await leakedAnHourLate() } as const;
    conclude({ fault: 'clock: DST, 29 February', rounds: nights.length, ...found, of: `${letters.length} messages, ${looks} instants`, controls: [control] });
  },
  patience,
);

async function leakedAnHourLate(): Promise<number> {
  const one = await letter('America/Toronto', localDay(new Date(world.clock.now().getTime() + day), 'America/Toronto'));
  world.clock.set(new Date(one.expiresAt));
  return (await weigh([one], { now: () => new Date(one.expiresAt - hour) })).leaked;
}
