import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import { type Mailer, MailNotSent } from '#platform/mail/mailer.ts';
import { noMailer } from '#platform/mail/no-mailer.ts';
import { employ, foundInnovactione, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { deliverDueMails, findNoticeTarget, listDeliveries, listKeptMails, recordBounce, recordOpened, sendCode, tellMessagePosted } from './api.ts';

let world: World;
let organisationId: string;
let marie: { personaId: string };
let paul: { personaId: string };
let jean: { profileId: string; personaId: string };
const conversationId = randomUUID();

beforeEach(async () => {
  world = await makeWorld();
  organisationId = (await foundInnovactione(world)).id;
  marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example'], '');
  paul = await settle(world, 'Paul Tremblay', ['paul.tremblay@innovactione.example'], '');
  for (const { personaId } of [marie, paul]) await employ(world, organisationId, personaId);
  jean = await settle(world, 'Jean Dubé', ['jeand@courriel.example'], '');
});
afterEach(() => world.dispose());

async function deliver(mailer: Mailer = keptMailer(world.ctx.db), quietMs?: number): Promise<void> {
  await deliverDueMails(world.ctx, { quietMs, publicUrl: () => new URL('https://pli.example/'), fromAddress: 'connexion@pli.example', mailer });
}

/** A message to Jean; answers its id. */
async function post(posted: { from?: { personaId: string }; in?: string } = {}): Promise<string> {
  const messageId = randomUUID();
  const senderPersonaId = (posted.from ?? marie).personaId;
  await tellMessagePosted(world.ctx, {
    organisationId,
    conversationId: posted.in ?? conversationId,
    messageId,
    senderPersonaId,
    recipientPersonaIds: [jean.personaId],
  });
  return messageId;
}

const opens = (messageId: string) => recordOpened(world.ctx, { organisationId, messageId, personaId: jean.personaId });
const toJean = async () => (await listKeptMails(world.ctx, { to: 'jeand@courriel.example', limit: 100 })).toReversed();
const leadsTo = async (links: readonly string[] = []) =>
  (await findNoticeTarget(world.ctx, new URL(links[0] ?? '').pathname.split('/').at(-1) ?? ''))?.messageId;
const states = async () => (await listDeliveries(world.ctx, { organisationId, conversationId })).map(({ state }) => state);
const flat = (text = '') => text.replace(/\s+/g, ' ');

describe('000-Y2: several messages, one mail', () => {
  test('000-04: the first leaves at once; those that follow while it is unopened share a second one, five minutes later; none is left out', async () => {
    const first = await post();
    await deliver();
    expect(await toJean()).toHaveLength(1);
    world.clock.advance(60);
    const second = await post();
    await deliver();
    world.clock.advance(60);
    await post();
    await deliver();
    expect(await toJean()).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'queued', 'queued']);
    world.clock.advance(180);
    await deliver();
    const mails = await toJean();
    expect(mails).toHaveLength(2);
    expect(flat(mails[0]?.text)).toContain('vous a envoyé un message sécurisé');
    expect(flat(mails[1]?.text)).toContain('marie.unetelle@innovactione.example, vous a envoyé 2 messages sécurisés.');
    expect(flat(mails[1]?.html)).toContain('2 messages sécurisés');
    expect(await leadsTo(mails[0]?.links)).toBe(first);
    expect(await leadsTo(mails[1]?.links)).toBe(second);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
  });

  test('000-04: where nothing has to wait, as in the demonstration, each message is told at once', async () => {
    for (let n = 1; n <= 3; n++) {
      await post();
      await deliver(undefined, 0);
      expect(await toJean()).toHaveLength(n);
      world.clock.advance(1);
    }
  });

  test('at most one mail in five minutes, however many messages and rounds', async () => {
    for (let minute = 0; minute < 20; minute++) {
      for (let message = 0; message < 3; message++) await post();
      await deliver();
      world.clock.advance(60);
    }
    const mails = await toJean();
    expect(mails).toHaveLength(4);
    world.clock.advance(300);
    await deliver();
    expect(await states()).toEqual(Array.from({ length: 60 }, () => 'sent'));
  });

  test('000-09: a message of somebody else is told at once, in a mail of its own that names its sender alone', async () => {
    await post();
    await deliver();
    await post({ from: paul });
    await deliver();
    const [, mail] = await toJean();
    expect(mail?.text).toContain('paul.tremblay@innovactione.example');
    expect(`${mail?.text}${mail?.html}`).not.toContain('marie');
  });

  test('a message in another conversation is told at once', async () => {
    await post();
    await deliver();
    await post({ in: randomUUID() });
    await deliver();
    expect(await toJean()).toHaveLength(2);
  });

  test('once the reader has opened what they were told of, the next message is told at once', async () => {
    const first = await post();
    await deliver();
    await opens(first);
    await post();
    await deliver();
    expect(await toJean()).toHaveLength(2);
  });

  test('what the reader opens by themselves while it waits needs no mail any more; the rest is told', async () => {
    await post();
    await deliver();
    const second = await post();
    const third = await post();
    await deliver();
    await opens(second);
    expect(await states()).toEqual(['sent', 'opened', 'queued']);
    world.clock.advance(300);
    await deliver();
    const [, mail] = await toJean();
    expect(flat(mail?.text)).toContain('un message sécurisé');
    expect(await leadsTo(mail?.links)).toBe(third);
  });

  test('while the relay is gone nothing piles up, and when it is back all is told', async () => {
    for (let minute = 0; minute < 30; minute++) {
      await post();
      await deliver(noMailer(world.ctx.log));
      world.clock.advance(60);
    }
    await deliver();
    world.clock.advance(600);
    await deliver();
    const counts = (await toJean()).map((mail) => Number(/envoyé (\d+)/.exec(flat(mail.text))?.[1] ?? 1));
    expect(counts).toEqual([1, 29]);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });

  test('a mail that was refused or came back holds nothing up: the next message is tried at once', async () => {
    await post();
    const refusing: Mailer = {
      ...keptMailer(world.ctx.db),
      send: () => Promise.reject(new MailNotSent({ fault: 'refused', reason: '550 5.1.1', cause: undefined })),
    };
    await deliver(refusing);
    await post();
    await deliver();
    const [mail] = await toJean();
    expect(await states()).toEqual(['failed', 'sent']);
    await recordBounce(world.ctx, mail?.messageId ?? '');
    await post();
    await deliver();
    expect(await states()).toEqual(['failed', 'bounced', 'sent']);
  });

  test('two rounds at once tell a reader once', async () => {
    await Promise.all([post(), post(), post()]);
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(await toJean()).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
  });

  test('in the language of the reader, who may be English', async () => {
    await world.ctx.db.updateTable('profiles').set({ locale: 'en' }).where('id', '=', jean.profileId).execute();
    await post();
    await post();
    await deliver();
    const [mail] = await toJean();
    expect(flat(mail?.text)).toContain('has sent you 2 secure messages.');
  });

  test('S-14: a code is never grouped nor delayed', async () => {
    await post();
    await deliver();
    for (const code of ['04711842', '04711843']) {
      await sendCode(world.ctx, { to: 'jeand@courriel.example', code, locale: 'fr-CA', minutes: 10, purpose: 'sign-in' });
      await deliver();
    }
    expect((await toJean()).map((mail) => mail.kind)).toEqual(['notice', 'code', 'code']);
  });
});
