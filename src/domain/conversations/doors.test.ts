import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessOneConversation,
  addPeople,
  countInboxes,
  delegate,
  endDelegation,
  findMessageToManage,
  followDelegations,
  handOver,
  listConversations,
  listOwnDelegations,
  listPeopleStates,
  moveExpiry,
  openMessage,
  postMessage,
  readThread,
  remindNow,
  saveAnswer,
  shareDelegatedPast,
  transferConversations,
} from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let paul: SignedInCtx;
let jean: SignedInCtx;
let alain: SignedInCtx;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  [marie, paul, jean] = [await world.as(world.marie.profileId), await world.as(world.paul.profileId), await world.as(world.jean.profileId)];
  alain = await world.as(world.alain.profileId);
  id = await converse(marie, world.marie.personaId, { message: 'Premier' });
  world.clock.advance(60);
});
afterEach(() => world.dispose());

async function door(ctx: SignedInCtx, conversationId = id) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  return conversation;
}

const say = async (ctx: SignedInCtx, conversationId = id) => {
  const { personaId } = await door(ctx, conversationId);
  return done(await postMessage(ctx, { conversationId, personaId, message: 'Bonjour', uploadIds: [], postKey: ctx.newId() })).messageId;
};

const titles = async (ctx: SignedInCtx, personaId: string) =>
  (await listConversations(ctx, { personaId, page: 1, size: 10, order: 'newest' }))?.rows.map((row) => row.title) ?? [];

const mailsTo = async (address: string) => {
  await world.runJobs();
  return (await world.mails(address)).filter((mail) => mail.kind === 'notice').length;
};

const leave = (change: Partial<Parameters<typeof delegate>[1]> = {}) =>
  delegate(marie, {
    personaId: world.marie.personaId,
    organisationId: world.organisationId,
    address: world.paul.address,
    from: '2015-02-02',
    to: '2015-02-06',
    ...change,
  });
const over = '2015-02-07T05:00:00.000Z';

test('000-07 000-C7: a delegate whose leave is over is a stranger before any sweep: no list, no message, no notice, no name among the readers', async () => {
  done(await leave());
  const messageId = await say(marie);
  const inHand = await door(paul);
  const told = await mailsTo(world.paul.address);
  world.clock.set(over);
  expect(await titles(paul, world.paul.personaId)).toEqual([]);
  // The conversation was in their hands a moment ago: the message asks its own door.
  expect(await findMessageToManage(paul, inHand, messageId)).toBeUndefined();
  expect(await openMessage(paul, { conversationId: id, messageId, personaId: world.paul.personaId })).toMatchObject({ ok: false });
  const managed = await findMessageToManage(marie, await door(marie), messageId);
  expect(managed?.readers.map((reader) => reader.address)).toEqual([world.jean.address]);
  expect((await listPeopleStates(marie, await door(marie))).map((person) => person.address)).not.toContain(world.paul.address);
  await say(marie);
  done(await remindNow(marie, await door(marie)));
  expect(await mailsTo(world.paul.address)).toBe(told);
  const counted = await countInboxes(await world.as(world.paul.profileId));
  await followDelegations(world.ctx);
  expect(await countInboxes(await world.as(world.paul.profileId))).toMatchObject({ total: 0 });
  expect(counted.total).toBeGreaterThanOrEqual(0);
});

test('000-C7: what waited for a delegate to be told is not told once the leave is over', async () => {
  done(await leave());
  await say(marie);
  expect(await mailsTo(world.paul.address)).toBe(1);
  // Told together with the next mail, five minutes later.
  world.clock.set('2015-02-07T04:58:00.000Z');
  await say(marie);
  expect(await mailsTo(world.paul.address)).toBe(2);
  await say(marie);
  expect(await mailsTo(world.paul.address)).toBe(2);
  world.clock.set('2015-02-07T05:10:00.000Z');
  expect(await mailsTo(world.paul.address)).toBe(2);
});

test('000-C7: two leaves that follow each other with the same colleague, and somebody added again by hand, wait for no sweep', async () => {
  done(await leave());
  world.clock.set(over);
  done(await leave({ from: '2015-02-07', to: '2015-02-08' }));
  expect(await door(paul)).toMatchObject({ role: 'collaborator' });
  world.clock.set('2015-02-09T05:00:00.000Z');
  done(await addPeople(marie, { conversationId: id, personaId: world.marie.personaId, addresses: [world.paul.address], role: 'participant', past: false }));
  for (let n = 0; n < 3; n++) await followDelegations(world.ctx);
  expect(await door(paul)).toMatchObject({ role: 'participant' });
  expect(await countInboxes(await world.as(world.paul.profileId))).toMatchObject({ conversations: { [world.paul.personaId]: 1 } });
});

test('000-C7: a leave that its holder ends while the colleague is joining leaves them nowhere', async () => {
  for (let n = 0; n < 5; n++) await converse(marie, world.marie.personaId, { title: `Dossier ${n}` });
  done(await leave({ from: '2015-02-03' }));
  const [own] = await listOwnDelegations(marie);
  world.clock.set('2015-02-03T12:00:00.000Z');
  await Promise.all([followDelegations(world.ctx), endDelegation(marie, own?.id ?? '')]);
  for (let n = 0; n < 2; n++) await followDelegations(world.ctx);
  expect(await titles(paul, world.paul.personaId)).toEqual([]);
  const left = await world.ctx.db
    .selectFrom('participations')
    .select('ends_at')
    .where('persona_id', '=', world.paul.personaId)
    .where('removed_at', 'is', null)
    .execute();
  expect(left).toEqual([]);
});

test('000-C2: nobody gives more than they have: a holder who came without the past hands on, and shares, what they see', async () => {
  await say(marie);
  done(await transferConversations(alain, { organisationId: world.organisationId, fromPersonaId: world.marie.personaId, toPersonaId: world.paul.personaId }));
  expect(await door(paul)).toMatchObject({ visibleFrom: 3 });
  await say(paul);
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  const asNadia = await world.as(nadia.profileId);
  done(
    await delegate(paul, {
      personaId: world.paul.personaId,
      organisationId: world.organisationId,
      address: nadia.address,
      from: '2015-02-02',
      to: '2015-02-03',
    }),
  );
  const [own] = await listOwnDelegations(paul);
  done(await shareDelegatedPast(paul, await door(paul), own?.id ?? ''));
  expect(await door(asNadia)).toMatchObject({ visibleFrom: 3, unreadCount: 1 });
  done(await endDelegation(paul, own?.id ?? ''));
  done(await handOver(paul, await door(paul), { address: nadia.address, withPast: true }));
  expect(await door(asNadia)).toMatchObject({ role: 'holder', visibleFrom: 3 });
  expect((await readThread(asNadia, await door(asNadia), {})).messages).toHaveLength(1);
});

test('000-C5: a day beyond what the policy allows makes no key', async () => {
  const keys = () => readdirSync(join(world.folder, 'keys'), { recursive: true }).length;
  const before = keys();
  for (const expiresOn of ['9999-12-31', '2400-01-01', '2016-02-04']) {
    expect(await moveExpiry(marie, await door(marie), { expiresOn })).toMatchObject({ refusal: { code: 'expiry.outside-policy' } });
  }
  expect(keys()).toBe(before);
});

test('000-C2 000-55: a draft that arrives while its writer is taken out is not kept', async () => {
  const draft = { draft: { fields: { message: 'À garder?' }, uploadIds: [] }, version: 0, writer: world.ctx.newId() };
  const asked = { ...draft, conversationId: id, personaId: world.jean.personaId };
  // Held as by whoever takes Jean out: the saving has passed the door, and waits.
  let saving: ReturnType<typeof saveAnswer> | undefined;
  await world.ctx.db.transaction().execute(async (db) => {
    await db.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
    saving = saveAnswer(jean, asked);
    for (let tries = 0; tries < 1000 && (await countWaiting()) === 0; tries++);
    await db.updateTable('participations').set({ removed_at: world.clock.now() }).where('persona_id', '=', world.jean.personaId).execute();
  });
  expect(await saving).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  expect(await world.ctx.db.selectFrom('drafts').select('profile_id').execute()).toEqual([]);
});

async function countWaiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(world.ctx.db);
  return rows[0]?.count ?? 0;
}
