import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessOneConversation,
  countInboxes,
  delegate,
  endDelegation,
  followDelegations,
  handOver,
  listConversations,
  listDelegatesHere,
  listOwnDelegations,
  postMessage,
  readThread,
  shareDelegatedPast,
} from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let paul: SignedInCtx;
let jean: SignedInCtx;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  paul = await world.as(world.paul.profileId);
  jean = await world.as(world.jean.profileId);
  id = await converse(marie, world.marie.personaId);
  world.clock.advance(60);
});
afterEach(() => world.dispose());

async function read(ctx: SignedInCtx, conversationId = id) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, {})) };
}

const leave = (change: Partial<Parameters<typeof delegate>[1]> = {}) =>
  delegate(marie, {
    personaId: world.marie.personaId,
    organisationId: world.organisationId,
    address: world.paul.address,
    from: '2015-02-02',
    to: '2015-02-06',
    ...change,
  });

const say = (ctx: SignedInCtx, personaId: string, conversationId = id) =>
  postMessage(ctx, { conversationId, personaId, message: 'Bonjour', uploadIds: [], postKey: ctx.newId() });

async function at(instant: string) {
  world.clock.set(instant);
  for (let n = 0; n < 2; n++) await followDelegations(world.ctx);
  await world.runJobs();
  [marie, paul, jean] = [await world.as(world.marie.profileId), await world.as(world.paul.profileId), await world.as(world.jean.profileId)];
}

test('000-C7: during a leave the colleague takes part from then on, is told, writes under their own name; everybody sees it; it ends by itself', async () => {
  done(await leave());
  const { conversation, messages } = await read(paul);
  expect(conversation).toMatchObject({ role: 'collaborator', visibleFrom: 2, unreadCount: 0, holderAddress: world.marie.address });
  expect(messages).toEqual([]);
  const seenByJean = await read(jean);
  expect(seenByJean.people.map((person) => [person.address, person.role])).toContainEqual([world.paul.address, 'collaborator']);
  expect(seenByJean.lines).toMatchObject([{ kind: 'delegate-joined', address: world.marie.address, subjectAddress: world.paul.address, afterPosition: 1 }]);

  done(await say(jean, world.jean.personaId));
  done(await say(paul, world.paul.personaId));
  expect((await read(paul)).messages.map((message) => message.state)).toEqual(['sealed', 'open']);
  await world.runJobs();
  expect((await world.mails(world.paul.address)).map((mail) => mail.kind)).toEqual(['notice']);

  await at('2015-02-07T04:59:59.000Z');
  expect((await read(paul)).conversation.role).toBe('collaborator');
  // Midnight in Toronto: the door is closed, swept or not.
  world.clock.set('2015-02-07T05:00:00.000Z');
  expect(await accessOneConversation(paul, { conversationId: id })).toBeUndefined();
  await at('2015-02-07T05:00:00.000Z');
  expect((await listConversations(paul, { personaId: world.paul.personaId, page: 1, size: 10, order: 'newest' }))?.rows).toEqual([]);
  expect(await countInboxes(paul)).toMatchObject({ total: 0, conversations: { [world.paul.personaId]: 0 } });
  const after = await read(jean);
  expect(after.lines.map((line) => line.kind)).toEqual(['delegate-joined', 'delegate-left']);
  expect(after.messages.find((message) => message.senderAddress === world.paul.address)).toBeDefined();
});

test('000-C7: the past is given for the conversations of which the holder says so, before the leave or during it', async () => {
  const other = await converse(marie, world.marie.personaId);
  done(await leave({ from: '2015-02-03' }));
  expect(await accessOneConversation(paul, { conversationId: id })).toBeUndefined();
  const [coming] = await listDelegatesHere(marie, (await read(marie)).conversation);
  for (let n = 0; n < 2; n++) done(await shareDelegatedPast(marie, (await read(marie)).conversation, coming?.id ?? ''));
  await at('2015-02-03T05:00:00.000Z');
  expect((await read(paul)).conversation).toMatchObject({ visibleFrom: 1, unreadCount: 1, oldestUnopened: 1 });
  expect((await read(paul, other)).conversation).toMatchObject({ visibleFrom: 2, unreadCount: 0 });
  // Neither a participant nor the colleague gives what is not theirs.
  for (const ctx of [jean, paul]) expect(await shareDelegatedPast(ctx, (await read(ctx, other)).conversation, coming?.id ?? '')).toMatchObject({ ok: false });
  done(await shareDelegatedPast(marie, (await read(marie, other)).conversation, coming?.id ?? ''));
  expect((await read(paul, other)).messages).toHaveLength(1);
  expect(await countInboxes(paul)).toMatchObject({ total: 2 });
});

test('000-C7: what the holder starts during the leave is shared from its first message on; what they give away is not any more', async () => {
  done(await leave());
  const during = await converse(marie, world.marie.personaId, { title: 'Pendant' });
  expect((await read(paul, during)).conversation).toMatchObject({ role: 'collaborator', visibleFrom: 1, unreadCount: 1 });
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  done(await handOver(marie, (await read(marie, during)).conversation, { address: nadia.address, withPast: false }));
  expect(await accessOneConversation(paul, { conversationId: during })).toBeUndefined();
  done(await handOver(marie, (await read(marie)).conversation, { address: world.paul.address, withPast: true }));
  await at('2015-03-01T00:00:00.000Z');
  // The holder by now: the end of the leave takes nothing from them.
  expect((await read(paul)).conversation.role).toBe('holder');
});

test('000-C7: somebody who takes part already stays as they are, before and after', async () => {
  const shared = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
  done(await leave());
  await at('2015-02-08T00:00:00.000Z');
  expect((await read(paul, shared)).conversation).toMatchObject({ role: 'participant', visibleFrom: 1 });
});

test('000-C7: ended early, the colleague is out at once; ended twice, or by somebody else, it changes nothing', async () => {
  done(await leave());
  const [own] = await listOwnDelegations(marie);
  expect(own).toMatchObject({ address: world.marie.address, delegateAddress: world.paul.address, endsAt: new Date('2015-02-07T05:00:00Z') });
  expect(await endDelegation(paul, own?.id ?? '')).toMatchObject({ refusal: { code: 'delegation.not-found' } });
  done(await endDelegation(marie, own?.id ?? ''));
  expect(await accessOneConversation(paul, { conversationId: id })).toBeUndefined();
  expect(await listOwnDelegations(marie)).toEqual([]);
  expect(await endDelegation(marie, own?.id ?? '')).toMatchObject({ refusal: { code: 'delegation.not-found' } });
  // And again, with the same colleague: they find neither what came meanwhile nor what they had.
  done(await say(jean, world.jean.personaId));
  done(await leave());
  expect((await read(paul)).conversation).toMatchObject({ visibleFrom: 3, unreadCount: 0 });
});

test('000-C7: only a colleague in force, never oneself, never past or endless days, never two at a time', async () => {
  expect(await leave({ address: world.jean.address })).toMatchObject({ refusal: { code: 'delegation.not-a-colleague' } });
  expect(await leave({ address: 'personne@innovactione.example' })).toMatchObject({ refusal: { code: 'delegation.not-a-colleague' } });
  expect(await leave({ address: world.marie.address })).toMatchObject({ refusal: { code: 'delegation.same' } });
  for (const days of [{ from: '2015-02-01' }, { from: '2015-02-07' }, { to: '2016-02-04' }, { to: '2015-02-30' }, { from: 'demain' }]) {
    expect(await leave(days), JSON.stringify(days)).toMatchObject({ refusal: { code: 'delegation.wrong-days' } });
  }
  expect(
    await delegate(jean, {
      personaId: world.jean.personaId,
      organisationId: world.organisationId,
      address: world.paul.address,
      from: '2015-02-02',
      to: '2015-02-06',
    }),
  ).toMatchObject({
    refusal: { code: 'conversation.may-not-start' },
  });
  const both = await Promise.all([leave(), leave({ to: '2015-02-03' })]);
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  expect(both.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'delegation.overlaps' } });
});

test('000-C7: a colleague who is no collaborator any more when the leave begins joins nothing', async () => {
  done(await leave({ from: '2015-02-04' }));
  done(
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.paul.personaId, role: 'collaborator', status: 'suspended' }),
  );
  world.clock.set('2015-02-04T12:00:00.000Z');
  await followDelegations(world.ctx);
  expect((await read(jean)).people.map((person) => person.address)).not.toContain(world.paul.address);
});
