import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { listDeliveries } from '#domain/notices/api.ts';
import { composeDueNotices } from '#domain/notices/compose-notices.ts';
import { createProfile } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessAttachment,
  accessOneConversation,
  countInboxes,
  listActivities,
  moveExpiry,
  openMessage,
  postMessage,
  readThread,
  withdrawMessage,
} from './api.ts';

const canary = 'Zèbre-Quartz-7731';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;
let nadia: SignedInCtx;
let id: string;
let file: string;
let messageId: string;

beforeEach(async () => {
  world = await makeInnovactione();
  await world.allowDays(3660);
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
  nadia = await world.as(done(await createProfile(world.ctx, { displayName: 'Nadia Roy', addresses: [world.nadiaAddress] })).profileId);
  const source = Readable.from([Buffer.from(`${canary} dans le fichier`)]);
  file = done(await receiveFile(marie, { profileId: world.marie.profileId, name: `${canary}.txt`, mediaType: 'text/plain', source, limit: 1000 })).uploadId;
  id = await converse(marie, world.marie.personaId, {
    participants: [world.jean.address, world.nadiaAddress],
    message: `Texte ${canary}`,
    uploadIds: [file],
  });
  messageId = (await read(marie)).messages[0]?.id ?? '';
});
afterEach(() => world.dispose());

async function read(ctx: SignedInCtx) {
  const conversation = await accessOneConversation(ctx, { conversationId: id });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, {})) };
}

const withdraw = async (which = messageId) => withdrawMessage(marie, (await read(marie)).conversation, which);
const open = async (ctx: SignedInCtx) => openMessage(ctx, { conversationId: id, messageId, personaId: (await read(ctx)).conversation.personaId });

async function everyRow(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(world.ctx.db);
  const rows = await Promise.all(tables.map(({ name }) => sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(world.ctx.db)));
  return rows.flatMap((table) => table.rows.map((row) => row.line)).join('\n');
}

test('000-C4: a message that nobody has opened is gone for everybody: text, key, names and bytes leave every table; who and when stay', async () => {
  const before = await world.ctx.db.selectFrom('messages').select(['body', 'wrapped_key']).where('id', '=', messageId).executeTakeFirstOrThrow();
  const label = await world.ctx.db.selectFrom('attachments').select(['label', 'wrapped_key']).executeTakeFirstOrThrow();
  world.clock.advance(60);
  expect(done(await withdraw())).toEqual({ keptBy: 0 });
  await world.sweep();
  for (const ctx of [marie, jean, nadia]) {
    const { messages, conversation } = await read(ctx);
    expect(messages[0]).toMatchObject({ state: 'withdrawn', senderAddress: world.marie.address, withdrawnAt: world.clock.now() });
    expect(await accessAttachment(ctx, { conversationId: id, attachmentId: file })).toBeUndefined();
    // The conversation lives on: what was wrong is said again, right.
    expect(conversation).toMatchObject({ title: 'Relevé de placement', status: 'open', unreadCount: 0, oldestUnopened: undefined });
  }
  const database = await everyRow();
  for (const secret of [before.body, before.wrapped_key, label.label, label.wrapped_key]) expect(database).not.toContain(secret?.toString('hex') ?? '?');
  await expect(world.ctx.storage.read(file, Buffer.alloc(32))).rejects.toThrow();
  expect(await countInboxes(jean)).toMatchObject({ total: 0 });
  const { rows } = await listActivities(jean, (await read(jean)).conversation, { order: { by: 'date', descending: true }, page: 1 });
  expect(rows[0]).toMatchObject({ kind: 'message-withdrawn', address: world.marie.address, messagePosition: 1 });
  expect(await open(jean)).toMatchObject({ refusal: { code: 'message.not-available' } });
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'Corrigé', uploadIds: [], postKey: marie.newId() }));
  expect(await countInboxes(jean)).toMatchObject({ total: 1 });
});

test('000-C4: whoever had opened it keeps it until it expires; it is closed to the others, and counted for nobody', async () => {
  done(await open(jean));
  expect(done(await withdraw())).toEqual({ keptBy: 1 });
  expect((await read(jean)).messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}` });
  expect((await read(marie)).messages[0]).toMatchObject({ state: 'open', withdrawnAt: world.clock.now() });
  expect((await read(nadia)).messages[0]).toMatchObject({ state: 'withdrawn' });
  expect(JSON.stringify((await read(nadia)).messages)).not.toContain(canary);
  expect(await open(nadia)).toMatchObject({ refusal: { code: 'message.not-available' } });
  expect(await accessAttachment(nadia, { conversationId: id, attachmentId: file })).toBeUndefined();
  expect(await accessAttachment(jean, { conversationId: id, attachmentId: file })).toBeDefined();
  expect(await countInboxes(nadia)).toMatchObject({ total: 0 });
  // Its expiry takes no envelope away a second time.
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'Corrigé', uploadIds: [], postKey: marie.newId() }));
  const { conversation, messages } = await read(marie);
  done(await moveExpiry(marie, conversation, { messageId: messages[1]?.id ?? '', expiresOn: '2016-05-01' }));
  world.clock.set('2016-02-01T20:14:18.000Z');
  await world.sweep();
  expect(await countInboxes(nadia)).toMatchObject({ total: 1 });
  expect((await read(await world.as(world.jean.profileId))).messages[0]?.state).toBe('expired');
});

test('000-C4: opened by all it is not withdrawn, and the sender is told what can be done; expired, it is not either', async () => {
  done(await open(jean));
  done(await open(nadia));
  expect(await withdraw()).toMatchObject({ refusal: { code: 'message.opened-by-all' } });
  expect((await read(jean)).messages[0]).toMatchObject({ state: 'open' });
  world.clock.set('2016-02-01T20:14:18.000Z');
  marie = await world.as(world.marie.profileId);
  expect(await withdraw()).toMatchObject({ refusal: { code: 'message.gone' } });
});

test('000-C4: twice is once; somebody else’s message is not one’s own to withdraw', async () => {
  done(await withdraw());
  done(await withdraw());
  const { rows } = await listActivities(marie, (await read(marie)).conversation, { order: { by: 'date', descending: true }, page: 1 });
  expect(rows.filter((row) => row.kind === 'message-withdrawn')).toHaveLength(1);
  const answer = done(await postMessage(jean, { conversationId: id, personaId: world.jean.personaId, message: 'Oui', uploadIds: [], postKey: jean.newId() }));
  expect(await withdraw(answer.messageId)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
});

test('000-C4: withdrawn while somebody opens it: one wins', async () => {
  for (let round = 0; round < 6; round++) {
    const posted = done(
      await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: `n ${round}`, uploadIds: [], postKey: marie.newId() }),
    );
    messageId = posted.messageId;
    const [opened, withdrawn] = await Promise.all(
      round % 2 ? [open(jean), withdraw()] : ([withdraw(), open(jean)].toReversed() as [ReturnType<typeof open>, ReturnType<typeof withdraw>]),
    ); // as: two promises, put back in their order
    done(withdrawn);
    const row = await world.ctx.db.selectFrom('messages').select(['state', 'body']).where('id', '=', messageId).executeTakeFirstOrThrow();
    const openings = await world.ctx.db.selectFrom('openings').select('persona_id').where('message_id', '=', messageId).execute();
    expect([opened.ok, row.state, openings.length]).toEqual(opened.ok ? [true, 'posted', 1] : [false, 'withdrawn', 0]);
  }
});

test('000-C4 000-Y2: what was still to be told is not; a mail that would tell nothing else does not leave', async () => {
  await world.runJobs();
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'À tort', uploadIds: [], postKey: marie.newId() }));
  messageId = (await read(marie)).messages[1]?.id ?? '';
  await composeDueNotices(world.ctx, { quietMs: 0 });
  done(await withdraw());
  await world.runJobs();
  const mails = await world.ctx.db.selectFrom('outgoing_mails').select(['status', 'failure']).orderBy('seq').execute();
  expect(mails).toEqual([
    { status: 'sent', failure: null },
    { status: 'sent', failure: null },
    { status: 'failed', failure: 'withdrawn' },
    { status: 'failed', failure: 'withdrawn' },
  ]);
  const deliveries = await listDeliveries(world.ctx, { organisationId: world.organisationId, conversationId: id });
  expect(deliveries.filter((delivery) => delivery.messageId === messageId).map((delivery) => delivery.state)).toEqual(['withdrawn', 'withdrawn']);
});

test('S-18 000-C4: the title of a conversation whose only message was withdrawn ends, with its day’s key, when that message would have', async () => {
  done(await withdraw());
  world.clock.set('2016-02-03T00:00:00.000Z');
  await world.sweep();
  const row = await world.ctx.db.selectFrom('conversations').select(['status', 'title', 'wrapped_key']).executeTakeFirstOrThrow();
  expect(row).toEqual({ status: 'expired', title: null, wrapped_key: null });
  expect(await world.ctx.keys.listDays()).not.toContain('2016-02-01');
});
