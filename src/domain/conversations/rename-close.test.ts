import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { setProfileStatus } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessOneConversation,
  type Conversation,
  closeConversation,
  listActivities,
  listConversations,
  moveExpiry,
  openMessage,
  postMessage,
  readThread,
  remindNow,
  renameConversation,
  reopenConversation,
  scheduleReminder,
  setLifetime,
  withdrawMessage,
} from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
  id = await converse(marie, world.marie.personaId, { title: 'Relevé de placement' });
});
afterEach(() => world.dispose());

async function seen(ctx: SignedInCtx): Promise<Conversation> {
  const conversation = await accessOneConversation(ctx, { conversationId: id });
  if (!conversation) throw new Error('Not found');
  return conversation;
}

const kinds = async (ctx: SignedInCtx) =>
  (await listActivities(ctx, await seen(ctx), { order: { by: 'date', descending: false }, page: 1 })).rows.map((row) => row.kind);
const say = (ctx: SignedInCtx, personaId: string) =>
  postMessage(ctx, { conversationId: id, personaId, message: 'Bonjour', uploadIds: [], postKey: ctx.newId() });

test('000-C5 000-40 000-27: a title is changed for everybody; the activities say so, and hold neither title', async () => {
  world.clock.advance(3600);
  done(await renameConversation(marie, await seen(marie), 'Relevé de mars'));
  await world.runJobs();
  expect((await seen(jean)).title).toBe('Relevé de mars');
  const { rows } = await listActivities(jean, await seen(jean), { order: { by: 'date', descending: true }, page: 1 });
  expect(rows[0]).toMatchObject({ kind: 'title-changed', address: world.marie.address, at: world.clock.now() });
  expect(JSON.stringify(rows)).not.toContain('Relevé');
  const [row] = (await listConversations(jean, { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows ?? [];
  expect(row).toMatchObject({ title: 'Relevé de mars', lastActivityAt: world.clock.now() });
  // The same title again is no change.
  done(await renameConversation(marie, await seen(marie), 'Relevé de mars'));
  expect((await kinds(jean)).filter((kind) => kind === 'title-changed')).toHaveLength(1);
});

test('000-C5: «Clore» ends the posting and nothing else; «Rouvrir» lets it go on; each twice is once', async () => {
  for (let n = 0; n < 2; n++) done(await closeConversation(marie, await seen(marie)));
  expect(await say(jean, world.jean.personaId)).toMatchObject({ refusal: { code: 'conversation.closed' } });
  const { messages } = await readThread(jean, await seen(jean), {});
  done(await openMessage(jean, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId }));
  const read = await readThread(jean, await seen(jean), {});
  expect(read.messages[0]).toMatchObject({ state: 'open', text: 'Bonjour Jean, voici le relevé.' });
  expect(read.lines).toMatchObject([{ kind: 'closed', address: world.marie.address, afterPosition: 1 }]);
  for (let n = 0; n < 2; n++) done(await reopenConversation(marie, await seen(marie)));
  done(await say(jean, world.jean.personaId));
  expect((await kinds(jean)).filter((kind) => kind === 'closed' || kind === 'reopened')).toEqual(['closed', 'reopened']);
});

test('000-C5: closing while somebody posts: either the message is before it, or it is refused', async () => {
  const [closed, posted] = await Promise.all([closeConversation(marie, await seen(marie)), say(jean, world.jean.personaId)]);
  done(closed);
  const { messages, lines } = await readThread(marie, await seen(marie), {});
  expect(messages).toHaveLength(posted.ok ? 2 : 1);
  expect(lines[0]?.afterPosition).toBe(posted.ok ? 2 : 1);
});

test('000-C5 S-03: the days of the messages to come change; those that are there keep their date', async () => {
  done(await setLifetime(marie, await seen(marie), 30));
  done(await say(jean, world.jean.personaId));
  const { messages } = await readThread(marie, await seen(marie), {});
  expect(messages.map((message) => message.expiresAt.toISOString().slice(0, 10))).toEqual(['2016-02-01', '2015-03-04']);
  for (const days of [0, 3661, 1.5]) expect(await setLifetime(marie, await seen(marie), days)).toMatchObject({ refusal: { code: 'expiry.outside-policy' } });
  done(await setLifetime(marie, await seen(marie), undefined));
  expect((await seen(marie)).expiryDays).toBeUndefined();
});

const acts: [string, (ctx: SignedInCtx, conversation: Conversation, messageId: string) => Promise<unknown>][] = [
  ['rename', (ctx, conversation) => renameConversation(ctx, conversation, 'Autre')],
  ['close', (ctx, conversation) => closeConversation(ctx, conversation)],
  ['reopen', (ctx, conversation) => reopenConversation(ctx, conversation)],
  ['set the days', (ctx, conversation) => setLifetime(ctx, conversation, 10)],
  ['move an expiry', (ctx, conversation, messageId) => moveExpiry(ctx, conversation, { messageId, expiresOn: '2015-05-01' })],
  ['withdraw', (ctx, conversation, messageId) => withdrawMessage(ctx, conversation, messageId)],
  ['remind', (ctx, conversation) => remindNow(ctx, conversation)],
  ['schedule', (ctx, conversation) => scheduleReminder(ctx, conversation, '2015-05-01')],
];

test.each(acts)('000-C5 000-07: to %s is not for a participant, a stranger, an administrator or a collaborator who left', async (_what, act) => {
  const inHand = await seen(marie);
  const messageId = (await readThread(marie, inHand, {})).messages[0]?.id ?? '';
  expect(await act(jean, await seen(jean), messageId)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  for (const profileId of [world.paul.profileId, world.alain.profileId]) {
    expect(await act(await world.as(profileId), inHand, messageId)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  }
  await world.ctx.db.updateTable('participations').set({ removed_at: world.ctx.now() }).where('persona_id', '=', world.marie.personaId).execute();
  expect(await act(marie, inHand, messageId)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
});

test.each(acts)('000-32: in a red conversation, to %s is refused with the sentence until somebody takes over', async (_what, act) => {
  id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
  await world.ctx.db.updateTable('participations').set({ role: 'collaborator' }).where('persona_id', '=', world.paul.personaId).execute();
  done(await setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'suspended' }));
  const paul = await world.as(world.paul.profileId);
  const messageId = (await readThread(paul, await seen(paul), {})).messages[0]?.id ?? '';
  expect(await act(paul, await seen(paul), messageId)).toMatchObject({ refusal: { code: 'conversation.read-only' } });
});

test('000-C5: once everything has expired there is nothing left to rename, close or reopen', async () => {
  world.clock.set('2016-02-01T20:14:18.000Z');
  for (const act of [
    renameConversation(marie, await seen(marie), 'Autre'),
    closeConversation(marie, await seen(marie)),
    reopenConversation(marie, await seen(marie)),
  ]) {
    expect(await act).toMatchObject({ refusal: { code: 'conversation.expired' } });
  }
});
