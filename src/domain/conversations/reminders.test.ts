import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessOneConversation,
  type Conversation,
  cancelReminder,
  listActivities,
  listReminders,
  moveExpiry,
  openMessage,
  postMessage,
  readThread,
  remindNow,
  remindOfExpiry,
  scheduleReminder,
  sendDueReminders,
} from './api.ts';

const day = 86_400;

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;
let id: string;

/** Marie's message to Jean and Nadia, which expires on 1 February 2016 at 20:14:18 UTC. */
beforeEach(async () => {
  world = await makeInnovactione();
  await world.allowDays(3660);
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
  id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.nadiaAddress] });
  await world.runJobs();
});
afterEach(() => world.dispose());

async function seen(ctx: SignedInCtx): Promise<Conversation> {
  const conversation = await accessOneConversation(ctx, { conversationId: id });
  if (!conversation) throw new Error('Not found');
  return conversation;
}

async function openFirst() {
  const { messages } = await readThread(jean, await seen(jean), {});
  done(await openMessage(jean, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId }));
}

/** Subjects of the mails to an address after the first notice. */
async function reminders(to: string): Promise<string[]> {
  const rows = await world.ctx.db
    .selectFrom('outgoing_mails')
    .select(['subject', 'body_text'])
    .where('recipient', '=', to)
    .where('status', '=', 'sent')
    .orderBy('seq')
    .execute();
  return rows.slice(1).map(
    (row) =>
      `${row.subject} / ${
        row.body_text
          ?.replaceAll(/\s+/gu, ' ')
          .match(/d’ici [^:]+/u)?.[0]
          .trim() ?? ''
      }`,
  );
}

async function at(instant: string) {
  world.clock.set(instant);
  for (let n = 0; n < 2; n++) {
    await remindOfExpiry(world.ctx);
    await sendDueReminders(world.ctx);
    await world.runJobs();
  }
  // Those who act are signed in again: months have passed.
  [marie, jean] = [await world.as(world.marie.profileId), await world.as(world.jean.profileId)];
}

const week = 'Un message sécurisé expire bientôt / d’ici 7 jours';
const eve = 'Un message sécurisé expire bientôt / d’ici 24 h';

test('S-03: a week and a day before, once each, and only those who have not opened are reminded', async () => {
  await openFirst();
  await at('2016-01-25T20:14:17.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([]);
  await at('2016-01-25T20:14:18.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week]);
  await at('2016-01-30T12:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week]);
  await at('2016-01-31T20:14:18.000Z');
  await at('2016-02-01T20:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week, eve]);
  expect(await reminders(world.jean.address)).toEqual([]);
});

test('S-03: a clock that leaps over one gives the other alone; over both, none', async () => {
  await at('2016-02-01T08:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([eve]);
  const other = await converse(marie, world.marie.personaId, { expiresOn: '2016-04-01' });
  await world.runJobs();
  await at('2016-05-01T08:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([eve]);
  const left = await world.ctx.db.selectFrom('messages').select('remind_at').where('conversation_id', '=', other).executeTakeFirstOrThrow();
  expect(left.remind_at).toBeNull();
});

test('S-03: a message that lives less than a week is reminded of on its eve; one of a day, never', async () => {
  const short = await converse(marie, world.marie.personaId, { expiresOn: '2015-02-05', participants: [world.nadiaAddress] });
  const shortest = await converse(marie, world.marie.personaId, { expiresOn: '2015-02-03', participants: [world.nadiaAddress] });
  const rows = await world.ctx.db.selectFrom('messages').select(['conversation_id', 'remind_at']).execute();
  expect(rows.find((row) => row.conversation_id === short)?.remind_at).toEqual(new Date('2015-02-04T20:14:18Z'));
  expect(rows.find((row) => row.conversation_id === shortest)?.remind_at).toBeNull();
});

test('S-03 000-Y2: two processes at once remind once, and messages of one sender share a mail', async () => {
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'Suite', uploadIds: [], postKey: marie.newId() }));
  world.clock.set('2016-01-25T20:14:18.000Z');
  await Promise.all([remindOfExpiry(world.ctx), remindOfExpiry(world.ctx)]);
  await world.runJobs();
  const rows = await world.ctx.db.selectFrom('notices').select(['kind', 'mail_id']).where('kind', '=', 'expiry-week').execute();
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map((row) => row.mail_id)).size).toBe(2);
});

test('S-03 000-C5: a message whose expiry was extended is reminded of again before the new one', async () => {
  await at('2016-01-26T12:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week]);
  done(await moveExpiry(marie, await seen(marie), { expiresOn: '2016-06-15' }));
  await at('2016-02-10T12:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week]);
  await at('2016-06-09T12:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([week, week]);
});

test('000-C4: «Relancer» tells those who have not opened, once a day, and the collaborators alone read the line', async () => {
  await openFirst();
  world.clock.advance(3600);
  expect(done(await remindNow(marie, await seen(marie)))).toEqual({ people: 1 });
  expect(await remindNow(marie, await seen(marie))).toMatchObject({ refusal: { code: 'reminder.too-soon' } });
  await world.runJobs();
  expect(await reminders(world.nadiaAddress)).toEqual(['Un message sécurisé vous attend toujours / ']);
  expect(await reminders(world.jean.address)).toEqual([]);
  const order = { order: { by: 'date', descending: true }, page: 1 } as const;
  expect((await listActivities(marie, await seen(marie), order)).rows[0]).toMatchObject({ kind: 'reminded', address: world.marie.address });
  expect((await listActivities(jean, await seen(jean), order)).rows.map((row) => row.kind)).not.toContain('reminded');
  world.clock.advance(day);
  done(await remindNow(marie, await seen(marie)));
  await world.runJobs();
  expect(await reminders(world.nadiaAddress)).toHaveLength(2);
});

test('000-C4: two ask at the same moment: one reminder leaves', async () => {
  world.clock.advance(3600);
  const asked = await Promise.all([remindNow(marie, await seen(marie)), remindNow(marie, await seen(marie))]);
  expect(asked.filter((answer) => answer.ok)).toHaveLength(1);
  await world.runJobs();
  expect(await reminders(world.nadiaAddress)).toHaveLength(1);
});

test('000-C4: with nobody to remind nothing leaves, and the day is not spent', async () => {
  id = await converse(marie, world.marie.personaId, { participants: [world.jean.address] });
  await openFirst();
  for (let n = 0; n < 2; n++) expect(await remindNow(marie, await seen(marie))).toMatchObject({ refusal: { code: 'reminder.nobody' } });
});

test('000-C4: a reminder waits for its morning, is cancelled until then, and leaves once', async () => {
  done(await scheduleReminder(marie, await seen(marie), '2015-02-10'));
  done(await scheduleReminder(marie, await seen(marie), '2015-02-10'));
  done(await scheduleReminder(marie, await seen(marie), '2015-02-20'));
  const waiting = await listReminders(marie, await seen(marie));
  expect(waiting.map((reminder) => reminder.dueAt.toISOString())).toEqual(['2015-02-10T14:00:00.000Z', '2015-02-20T14:00:00.000Z']);
  done(await cancelReminder(marie, await seen(marie), waiting[1]?.id ?? ''));
  await at('2015-02-10T13:59:59.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([]);
  await at('2015-02-10T14:00:00.000Z');
  await at('2015-03-01T14:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual(['Un message sécurisé vous attend toujours / ']);
  expect(await listReminders(marie, await seen(marie))).toEqual([]);
});

test('000-C4: not today, not after the last expiry, not a day that is none, not more than five', async () => {
  for (const on of ['2015-02-02', '2016-02-02', '2015-02-30', '']) {
    expect(await scheduleReminder(marie, await seen(marie), on), on).toMatchObject({ refusal: { code: 'reminder.wrong-day' } });
  }
  for (const on of ['03', '04', '05', '06', '07']) done(await scheduleReminder(marie, await seen(marie), `2015-02-${on}`));
  expect(await scheduleReminder(marie, await seen(marie), '2015-02-08')).toMatchObject({ refusal: { code: 'reminder.too-many' } });
});

test('000-C4: whoever manages the conversation no more reminds nobody', async () => {
  done(await scheduleReminder(marie, await seen(marie), '2015-02-10'));
  done(
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.marie.personaId, role: 'collaborator', status: 'suspended' }),
  );
  await at('2015-02-10T14:00:00.000Z');
  expect(await reminders(world.nadiaAddress)).toEqual([]);
});
