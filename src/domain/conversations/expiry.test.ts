import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { discardUploads, receiveFile } from '#domain/attachments/api.ts';
import { discardDueDrafts, keepDraft } from '#domain/drafts/api.ts';
import { destroyDueKeys } from '#domain/retention/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessAttachment,
  accessOneConversation,
  countInboxes,
  expireMessages,
  listActivities,
  listConversations,
  openMessage,
  postMessage,
  readThread,
} from './api.ts';

const day = 86_400;
const canary = 'Zèbre-Quartz-7731';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

async function read(ctx: SignedInCtx, conversationId: string) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, {})) };
}

/** Marie's message with a file, canary everywhere, opened by Jean. */
async function secret(): Promise<{ id: string; file: string }> {
  const source = Readable.from([Buffer.from(`${canary} dans le fichier`)]);
  const file = done(
    await receiveFile(marie, { profileId: world.marie.profileId, name: `${canary}.txt`, mediaType: 'text/plain', source, limit: 1000 }),
  ).uploadId;
  const id = await converse(marie, world.marie.personaId, { title: `Titre ${canary}`, message: `Texte ${canary}`, uploadIds: [file] });
  const { messages } = await read(jean, id);
  done(await openMessage(jean, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId }));
  return { id, file };
}

test('000-48 S-18: at expiry text, title and files are gone for everybody, before any sweep; a tombstone and the history stay', async () => {
  const { id, file } = await secret();
  world.clock.set('2016-02-01T20:14:18.000Z');
  for (const ctx of [await world.as(world.marie.profileId), await world.as(world.jean.profileId)]) {
    const { conversation, messages } = await read(ctx, id);
    expect(conversation.title).toBeUndefined();
    expect(messages[0]).toMatchObject({ state: 'expired', senderAddress: world.marie.address, sentAt: new Date('2015-02-02T20:14:18Z') });
    expect(await accessAttachment(ctx, { conversationId: id, attachmentId: file })).toBeUndefined();
    expect(await postMessage(ctx, { conversationId: id, personaId: conversation.personaId, message: 'x', uploadIds: [], postKey: '' })).toMatchObject({
      ok: false,
      refusal: { code: 'conversation.expired' },
    });
  }
});

test('000-48 000-40: the sweep leaves one line a message, an unread count that is true, and no byte', async () => {
  const { id } = await secret();
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'Jamais ouvert', uploadIds: [], postKey: '' }));
  expect(await countInboxes(jean)).toMatchObject({ total: 1 });
  world.clock.set('2016-02-02T20:15:00.000Z');
  await world.sweep();
  await world.sweep();
  expect(await countInboxes(jean)).toMatchObject({ total: 0 });
  const ctx = await world.as(world.jean.profileId);
  const { conversation } = await read(ctx, id);
  expect(conversation).toMatchObject({ status: 'expired', unreadCount: 0, oldestUnopened: undefined });
  const { rows } = await listActivities(ctx, conversation, { order: { by: 'date', descending: true }, page: 1 });
  expect(rows.filter((row) => row.kind === 'message-expired')).toHaveLength(2);
  const [row] = (await listConversations(ctx, { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows ?? [];
  expect(row).toMatchObject({ title: undefined, status: 'expired', lastActivityAt: new Date('2016-02-01T20:14:18Z') });
});

test('S-03: a title lives as long as the last of its messages', async () => {
  const id = await converse(marie, world.marie.personaId, { title: 'Bail', expiresOn: '2015-02-05' });
  world.clock.advance(2 * day);
  done(await postMessage(jean, { conversationId: id, personaId: world.jean.personaId, message: 'Reçu', uploadIds: [], postKey: '' }));
  world.clock.advance(2 * day);
  await world.sweep();
  const { conversation, messages } = await read(marie, id);
  expect(conversation).toMatchObject({ title: 'Bail', status: 'open' });
  expect(messages.map((message) => message.state)).toEqual(['expired', 'sealed']);
});

test('G-1: an older backup of the database, restored beside the present keyring, cannot read what expired', async () => {
  const { id, file } = await secret();
  const tables = ['messages', 'conversations', 'attachments'] as const;
  const backup = await Promise.all(tables.map(async (table) => ({ table, rows: await world.ctx.db.selectFrom(table).selectAll().execute() })));
  world.clock.set('2016-02-03T00:00:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).not.toContain('2016-02-01');

  // Restored while time goes back: the messages are there, their clock is that of the backup, and the key is not made again.
  for (const { table, rows } of backup) {
    await world.database.administer(`alter table ${table} disable trigger all`);
    await world.ctx.db.deleteFrom(table).execute();
    await world.ctx.db
      .insertInto(table)
      .values(rows as never)
      .execute(); // rows just read from this very table
  }
  world.clock.set('2015-02-03T00:00:00.000Z');
  const ctx = await world.as(world.jean.profileId);
  const { conversation, messages } = await read(ctx, id);
  expect(conversation.title).toBeUndefined();
  expect(JSON.stringify(messages)).not.toContain(canary);
  expect(messages[0]?.state).toBe('expired');
  expect(await accessAttachment(ctx, { conversationId: id, attachmentId: file })).toBeUndefined();
});

test('000-48: a day’s key is destroyed once that day is 24 h past, and not an hour before', async () => {
  await secret();
  world.clock.set('2016-02-02T23:59:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).toContain('2016-02-01');
  world.clock.set('2016-02-03T00:00:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).not.toContain('2016-02-01');
});

test('a past day’s key stays as long as a message, a file or a draft that was not swept hangs on it', async () => {
  await secret();
  const source = Readable.from([Buffer.from('reçu')]);
  done(await receiveFile(marie, { profileId: world.marie.profileId, name: 'a.txt', mediaType: 'text/plain', source, limit: 1000 }));
  const draft = { fields: { titre: 'Brouillon' }, uploadIds: [] };
  done(await keepDraft(marie, { profileId: world.marie.profileId, place: 'new', draft, version: 0, writer: marie.newId() }));
  const days = await world.ctx.keys.listDays();
  expect(days).toEqual(['2015-02-03', '2015-03-04', '2016-02-01']);
  world.clock.set('2016-03-01T00:00:00.000Z');
  await destroyDueKeys(world.ctx, world.ctx.now);
  expect(await world.ctx.keys.listDays()).toEqual(days);
  await discardUploads(world.ctx);
  await destroyDueKeys(world.ctx, world.ctx.now);
  expect(await world.ctx.keys.listDays()).toEqual(['2015-03-04', '2016-02-01']);
  await discardDueDrafts(world.ctx);
  await destroyDueKeys(world.ctx, world.ctx.now);
  expect(await world.ctx.keys.listDays()).toEqual(['2016-02-01']);
});

test('outside the demonstration a leap of more than 48 h holds the keys until an administrator confirms, and reading stops all the same', async () => {
  const { id } = await secret();
  await world.ctx.db.updateTable('installation').set({ demonstration: false, last_tick_at: world.clock.now() }).execute();
  world.clock.set('2016-02-03T00:00:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).toContain('2016-02-01');
  expect((await read(jean, id)).messages[0]?.state).toBe('expired');
  await world.ctx.db.updateTable('installation').set({ keys_held_since: null, keys_held_reason: null, last_tick_at: world.clock.now() }).execute();
  // The machine's clock of this test is Pli's; PostgreSQL's is not: that difference holds them as well.
  await world.sweep();
  const held = await world.ctx.db.selectFrom('installation').select('keys_held_reason').executeTakeFirstOrThrow();
  expect(held.keys_held_reason).toBe('clocks-differ');
});

test('a file received and never posted is gone after 24 h, with its key', async () => {
  const source = Readable.from([Buffer.from('abandonné')]);
  const { uploadId } = done(await receiveFile(jean, { profileId: world.jean.profileId, name: 'a.txt', mediaType: 'text/plain', source, limit: 1000 }));
  world.clock.advance(day + 1);
  await world.sweep();
  expect(await world.ctx.db.selectFrom('uploads').selectAll().execute()).toEqual([]);
  await expect(world.ctx.storage.read(uploadId, Buffer.alloc(32))).rejects.toThrow();
});

test('S-18 000-12: no table holds a title, a text or a file name in clear, before or after expiry', async () => {
  await secret();
  await world.runJobs();
  for (const at of ['2015-02-02T20:14:18.000Z', '2016-02-03T00:00:00.000Z']) {
    world.clock.set(at);
    await world.sweep();
    const { rows: tables } = await sql<{
      name: string;
    }>`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(world.ctx.db);
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.raw(name)} t`.execute(world.ctx.db);
      const lines = rows.map((row) => row.line).join('\n');
      expect(lines, name).not.toContain(canary);
      expect(lines, name).not.toContain(Buffer.from(canary).toString('hex'));
    }
  }
});

test('000-40: expiring while somebody opens leaves one truth', async () => {
  const id = await converse(marie, world.marie.personaId, { expiresOn: '2015-02-04' });
  const { messages } = await read(jean, id);
  world.clock.set('2015-02-04T20:14:18.000Z');
  const [opened] = await Promise.all([
    openMessage(jean, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId }),
    world.sweep(),
  ]);
  expect(opened).toMatchObject({ ok: false, refusal: { code: 'message.not-available' } });
  expect(await countInboxes(jean)).toMatchObject({ total: 0 });
});

test('000-48: a conversation that cannot be expired does not keep the others alive', async () => {
  const ids = [
    await converse(marie, world.marie.personaId, { expiresOn: '2015-02-04' }),
    await converse(marie, world.marie.personaId, { expiresOn: '2015-02-04' }),
  ];
  const stuck = sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'damaged'; end $$`;
  await stuck.execute(world.ctx.db);
  await sql`create trigger stuck before update on messages for each row when (old.conversation_id = ${sql.lit(ids[0] ?? '')}::uuid) execute function refuse()`.execute(
    world.ctx.db,
  );
  world.clock.set('2015-02-05T00:00:00.000Z');
  await expect(expireMessages(world.ctx)).rejects.toThrow('1 conversations');
  const states = await world.ctx.db.selectFrom('messages').select(['conversation_id', 'state']).execute();
  expect(Object.fromEntries(states.map((row) => [row.conversation_id, row.state]))).toEqual({ [ids[0] ?? '']: 'posted', [ids[1] ?? '']: 'expired' });
});
