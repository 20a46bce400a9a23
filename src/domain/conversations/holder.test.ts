import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessOneConversation,
  type Conversation,
  countInboxes,
  handOver,
  listActivities,
  listConversations,
  openMessage,
  postMessage,
  readThread,
  takeOver,
  transferConversations,
} from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let paul: SignedInCtx;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  paul = await world.as(world.paul.profileId);
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

async function read(ctx: SignedInCtx, conversationId: string) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, {})) };
}

const conversationOf = async (ctx: SignedInCtx, id: string): Promise<Conversation> => (await read(ctx, id)).conversation;
const withPaul = () => converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
const marieGoes = () => setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'suspended' });
const say = (ctx: SignedInCtx, conversationId: string, personaId: string) =>
  postMessage(ctx, { conversationId, personaId, message: 'Bonjour', uploadIds: [], postKey: ctx.newId() });

test('G-1 000-32: Paul, who takes part, takes over a red conversation: black, his address is Titulaire, old messages keep their sender, a line says so', async () => {
  const id = await withPaul();
  done(await marieGoes());
  expect(await say(jean, id, world.jean.personaId)).toMatchObject({ refusal: { code: 'conversation.read-only' } });
  world.clock.advance(3600);
  done(await takeOver(paul, await conversationOf(paul, id)));
  await world.runJobs();
  const { conversation, messages, lines, people } = await read(jean, id);
  expect(conversation).toMatchObject({ holderAddress: world.paul.address, holderActive: true });
  expect(messages[0]).toMatchObject({ senderAddress: world.marie.address });
  expect(lines).toMatchObject([
    { kind: 'taken-over', address: world.paul.address, subjectAddress: world.paul.address, afterPosition: 1, at: world.clock.now() },
  ]);
  expect(people.map((person) => [person.address, person.role])).toEqual([
    [world.paul.address, 'holder'],
    [world.jean.address, 'participant'],
    [world.marie.address, 'collaborator'],
  ]);
  done(await say(jean, id, world.jean.personaId));
  const [row] = (await listConversations(jean, { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows ?? [];
  expect(row).toMatchObject({ holderAddress: world.paul.address, holderActive: true, lastActivityAt: world.clock.now() });
});

test('000-32: a participant, a stranger and a collaborator who does not take part cannot take over; nor can anybody while the holder is there', async () => {
  const id = await withPaul();
  const seenByPaul = await conversationOf(paul, id);
  expect(await takeOver(paul, seenByPaul)).toMatchObject({ refusal: { code: 'holder.present', data: { address: world.marie.address } } });
  done(await marieGoes());
  expect(await takeOver(jean, await conversationOf(jean, id))).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  // Somebody else's conversation in hand opens nothing: the door is asked again.
  const alain = await world.as(world.alain.profileId);
  expect(await takeOver(alain, seenByPaul)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  // Paul is no collaborator any more.
  done(
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.paul.personaId, role: 'collaborator', status: 'suspended' }),
  );
  const former = await world.as(world.paul.profileId);
  expect(await takeOver(former, seenByPaul)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
});

test('000-32: two take over at the same moment: one wins, the other is told who holds it', async () => {
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  const id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address, world.nadiaAddress] });
  done(await marieGoes());
  const nadiaCtx = await world.as(nadia.profileId);
  const asked = [await conversationOf(paul, id), await conversationOf(nadiaCtx, id)] as const;
  const outcomes = await Promise.all([takeOver(paul, asked[0]), takeOver(nadiaCtx, asked[1])]);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusal: { code: 'holder.present' } });
  const { lines, people } = await read(jean, id);
  expect(lines).toHaveLength(1);
  expect(people.filter((person) => person.role === 'holder')).toHaveLength(1);
  // Asked again by the winner it changes nothing.
  const winner = outcomes[0].ok ? paul : nadiaCtx;
  done(await takeOver(winner, await conversationOf(winner, id)));
  expect((await read(jean, id)).lines).toHaveLength(1);
});

test('000-31 000-32: a suspension that ends makes it black again, with the same holder', async () => {
  const id = await withPaul();
  done(await marieGoes());
  expect(await conversationOf(jean, id)).toMatchObject({ holderActive: false, holderAddress: world.marie.address });
  done(await setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'active' }));
  expect(await conversationOf(jean, id)).toMatchObject({ holderActive: true, holderAddress: world.marie.address });
  done(await say(jean, id, world.jean.personaId));
});

test('000-A2 000-32: an administrator hands all over to a colleague, who reads only what is posted from then on, unless they took part', async () => {
  const alone = await converse(marie, world.marie.personaId, { title: 'Sans Paul' });
  const shared = await withPaul();
  done(await marieGoes());
  const alain = await world.as(world.alain.profileId);
  world.clock.advance(60);
  const moved = await transferConversations(alain, {
    organisationId: world.organisationId,
    fromPersonaId: world.marie.personaId,
    toPersonaId: world.paul.personaId,
  });
  expect(done(moved)).toEqual({ transferred: 2, more: false });

  const blank = await read(paul, alone);
  expect(blank.conversation).toMatchObject({ role: 'holder', visibleFrom: 2, unreadCount: 0, title: 'Sans Paul' });
  expect(blank.messages).toEqual([]);
  expect(blank.lines).toMatchObject([{ kind: 'transferred', address: undefined, subjectAddress: world.paul.address }]);
  expect((await read(paul, shared)).messages).toHaveLength(1);
  done(await say(jean, alone, world.jean.personaId));
  expect((await read(paul, alone)).messages.map((message) => message.position)).toEqual([1]);
  expect(await countInboxes(paul)).toMatchObject({ total: 2, conversations: { [world.paul.personaId]: 2 } });
  // The administrator read nothing and still does not.
  expect(await accessOneConversation(alain, { conversationId: alone })).toBeUndefined();
  // The line of the past is not for the newcomer.
  const { conversation } = await read(paul, alone);
  const { rows } = await listActivities(paul, conversation, { order: { by: 'date', descending: false }, page: 1 });
  expect(rows.map((row) => row.kind)).not.toContain('message-opened');
  // Asked again: there is nothing left to hand over.
  const again = await transferConversations(alain, {
    organisationId: world.organisationId,
    fromPersonaId: world.marie.personaId,
    toPersonaId: world.paul.personaId,
  });
  expect(done(again)).toEqual({ transferred: 0, more: false });
});

test('000-A2: only conversations that are named, only by an administrator of that organisation, only to a collaborator in force', async () => {
  const named = await converse(marie, world.marie.personaId);
  const other = await converse(marie, world.marie.personaId);
  const alain = await world.as(world.alain.profileId);
  const order = { organisationId: world.organisationId, fromPersonaId: world.marie.personaId, toPersonaId: world.paul.personaId, conversationIds: [named] };
  for (const ctx of [paul, jean]) expect(await transferConversations(ctx, order)).toMatchObject({ refusal: { code: 'organisation.not-found' } });
  expect(await transferConversations(alain, { ...order, toPersonaId: world.jean.personaId })).toMatchObject({
    refusal: { code: 'holder.not-a-collaborator' },
  });
  expect(await transferConversations(alain, { ...order, toPersonaId: world.marie.personaId })).toMatchObject({ refusal: { code: 'holder.same' } });
  expect(done(await transferConversations(alain, order))).toEqual({ transferred: 1, more: false });
  expect(await conversationOf(jean, named)).toMatchObject({ holderAddress: world.paul.address });
  expect(await conversationOf(jean, other)).toMatchObject({ holderAddress: world.marie.address });
});

test('000-A2: before leaving, the holder gives a conversation to a colleague, with the past or without, and stays in it', async () => {
  const id = await converse(marie, world.marie.personaId);
  expect(await handOver(marie, await conversationOf(marie, id), { address: world.jean.address, withPast: true })).toMatchObject({
    refusal: { code: 'holder.not-a-collaborator' },
  });
  done(await handOver(marie, await conversationOf(marie, id), { address: world.paul.address, withPast: true }));
  const { conversation, messages } = await read(paul, id);
  expect(conversation).toMatchObject({ role: 'holder', visibleFrom: 1, unreadCount: 1, oldestUnopened: 1 });
  done(await openMessage(paul, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.paul.personaId }));
  expect(await countInboxes(paul)).toMatchObject({ total: 0 });
  expect(await conversationOf(marie, id)).toMatchObject({ role: 'collaborator' });
  // Not hers any more to give.
  expect(await handOver(marie, await conversationOf(marie, id), { address: world.marie.address, withPast: false })).toMatchObject({
    refusal: { code: 'conversation.not-found' },
  });
});
