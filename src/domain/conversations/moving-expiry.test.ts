import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessAttachment, accessOneConversation, expireMessages, listActivities, moveExpiry, openMessage, postMessage, readThread } from './api.ts';

const canary = 'Zèbre-Quartz-7731';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;
let id: string;
let file: string;

/** Marie's message of 2 February 2015 with a file, opened by Jean; it expires on 1 February 2016. */
beforeEach(async () => {
  world = await makeInnovactione();
  await world.allowDays(3660);
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
  const source = Readable.from([Buffer.from(`${canary} dans le fichier`)]);
  file = done(await receiveFile(marie, { profileId: world.marie.profileId, name: `${canary}.txt`, mediaType: 'text/plain', source, limit: 1000 })).uploadId;
  id = await converse(marie, world.marie.personaId, { title: `Titre ${canary}`, message: `Texte ${canary}`, uploadIds: [file] });
  const { messages } = await read(jean);
  done(await openMessage(jean, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId }));
});
afterEach(() => world.dispose());

async function read(ctx: SignedInCtx) {
  const conversation = await accessOneConversation(ctx, { conversationId: id });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, {})) };
}

async function move(expiresOn: string, number?: number) {
  const { conversation, messages } = await read(marie);
  const messageId = number === undefined ? undefined : messages[number - 1]?.id;
  return moveExpiry(marie, conversation, { expiresOn, ...(messageId ? { messageId } : {}) });
}

async function fileText(ctx: SignedInCtx): Promise<string | undefined> {
  const download = await accessAttachment(ctx, { conversationId: id, attachmentId: file });
  return download && Buffer.concat(await (await download.read()).toArray()).toString();
}

const keyDays = async () =>
  (await sql<{ d: string }>`select key_day::text as d from messages order by position`.execute(world.ctx.db)).rows.map((row) => row.d);
const say = () => postMessage(jean, { conversationId: id, personaId: world.jean.personaId, message: 'Reçu', uploadIds: [], postKey: jean.newId() });

async function backup() {
  const tables = ['messages', 'conversations', 'attachments'] as const;
  const kept = await Promise.all(tables.map(async (table) => ({ table, rows: await world.ctx.db.selectFrom(table).selectAll().execute() })));
  return async () => {
    for (const { table, rows } of kept) {
      await world.database.administer(`alter table ${table} disable trigger all`);
      await world.ctx.db.deleteFrom(table).execute();
      await world.ctx.db
        .insertInto(table)
        .values(rows as never) // rows just read from this very table
        .execute();
    }
  };
}

test('000-C5 S-03: shortened, a message is unreadable at the new instant with its file and the title, and that day’s key goes with it', async () => {
  done(await move('2015-03-10', 1));
  expect(await keyDays()).toEqual(['2015-03-10']);
  expect((await read(jean)).messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}`, expiresAt: new Date('2015-03-10T19:14:18Z') });
  expect(await fileText(jean)).toBe(`${canary} dans le fichier`);
  world.clock.set('2015-03-10T19:14:18.000Z');
  jean = await world.as(world.jean.profileId);
  const { conversation, messages } = await read(jean);
  expect(messages[0]?.state).toBe('expired');
  expect(conversation.title).toBeUndefined();
  expect(await fileText(jean)).toBeUndefined();
  world.clock.set('2015-03-12T00:00:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).not.toContain('2015-03-10');
});

test('000-C5 000-48: extended, everything is read after the first day, whose key is destroyed, until the new one', async () => {
  const restore = await backup();
  done(await move('2016-06-15', 1));
  world.clock.set('2016-02-03T00:00:00.000Z');
  await world.sweep();
  expect(await world.ctx.keys.listDays()).not.toContain('2016-02-01');
  [marie, jean] = [await world.as(world.marie.profileId), await world.as(world.jean.profileId)];
  const { conversation, messages } = await read(jean);
  expect(conversation.title).toBe(`Titre ${canary}`);
  expect(messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}` });
  expect(await fileText(jean)).toBe(`${canary} dans le fichier`);
  // A backup older than the extension cannot read it after the original day, whatever the clock says then.
  await restore();
  world.clock.set('2015-02-03T00:00:00.000Z');
  jean = await world.as(world.jean.profileId);
  expect(JSON.stringify(await read(jean))).not.toContain(canary);
  expect(await fileText(jean)).toBeUndefined();
});

test('000-C5: a backup taken before a shortening reads until the original day, and one taken after it does not', async () => {
  const before = await backup();
  done(await move('2015-03-10', 1));
  const after = await backup();
  world.clock.set('2015-03-12T00:00:00.000Z');
  await world.sweep();
  await after();
  world.clock.set('2015-03-01T00:00:00.000Z');
  jean = await world.as(world.jean.profileId);
  expect(JSON.stringify(await read(jean))).not.toContain(canary);
  await before();
  expect((await read(jean)).messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}` });
});

test('000-C5: all the messages of a conversation end on one day, the title with them; one line says so', async () => {
  world.clock.advance(86_400);
  done(await say());
  expect(done(await move('2015-12-24'))).toEqual({ moved: 2 });
  expect(await keyDays()).toEqual(['2015-12-24', '2015-12-24']);
  const row = await world.ctx.db.selectFrom('conversations').select(['key_day', 'last_expires_at']).executeTakeFirstOrThrow();
  expect(row.last_expires_at).toEqual(new Date('2015-12-24T20:14:18Z'));
  const { conversation } = await read(jean);
  const { rows } = await listActivities(jean, conversation, { order: { by: 'date', descending: true }, page: 1 });
  expect(rows[0]).toMatchObject({ kind: 'expiry-changed', messagePosition: undefined, expiresAt: new Date('2015-12-24T20:14:18Z') });
  // The same day again moves nothing and says nothing.
  expect(done(await move('2015-12-24'))).toEqual({ moved: 0 });
  expect((await listActivities(jean, conversation, { order: { by: 'date', descending: true }, page: 1 })).rows).toHaveLength(rows.length);
});

test('S-03: never today, never before, never a day that is none, never more than the policy allows', async () => {
  world.clock.advance(10 * 86_400);
  for (const day of ['2015-02-12', '2015-02-01', '2025-02-10', '2015-02-30', 'demain']) {
    expect(await move(day, 1), day).toMatchObject({ refusal: { code: 'expiry.outside-policy', data: { min: 1, max: 3660 } } });
  }
  done(await move('2015-02-13', 1));
  expect(await moveExpiry(marie, (await read(marie)).conversation, { messageId: world.ctx.newId(), expiresOn: '2015-06-01' })).toMatchObject({
    refusal: { code: 'conversation.not-found' },
  });
});

test('000-48: an extension never revives what has expired, swept or not', async () => {
  const { conversation, messages } = await read(marie);
  const messageId = messages[0]?.id ?? '';
  world.clock.set('2016-02-01T20:14:18.000Z');
  marie = await world.as(world.marie.profileId);
  expect(await moveExpiry(marie, conversation, { messageId, expiresOn: '2016-06-15' })).toMatchObject({ refusal: { code: 'message.gone' } });
  await world.sweep();
  expect(await moveExpiry(marie, conversation, { messageId, expiresOn: '2016-06-15' })).toMatchObject({ refusal: { code: 'message.gone' } });
  expect(await moveExpiry(marie, conversation, { expiresOn: '2016-06-15' })).toMatchObject({ refusal: { code: 'conversation.expired' } });
});

test('000-48: extension and expiry at the same second: one wins, never both', async () => {
  const { conversation, messages } = await read(marie);
  const messageId = messages[0]?.id ?? '';
  const last = new Date('2016-02-01T20:14:17.000Z');
  const gone = new Date('2016-02-01T20:14:18.000Z');
  for (let round = 0; round < 8; round++) {
    const restore = await backup();
    world.clock.set(last);
    marie = await world.as(world.marie.profileId);
    // Two processes whose clocks are a second apart: for one it has just expired, for the other not yet.
    const sweeping = { ...world.ctx, now: () => gone };
    const both = [() => moveExpiry(marie, conversation, { messageId, expiresOn: '2016-06-15' }), () => expireMessages(sweeping)] as const;
    const outcomes = await Promise.all(round % 2 === 0 ? [both[0](), both[1]()] : [both[1](), both[0]()].toReversed());
    const extended = outcomes[0];
    const row = await world.ctx.db.selectFrom('messages').select(['state', 'body', 'wrapped_key']).where('id', '=', messageId).executeTakeFirstOrThrow();
    if (extended?.ok) {
      expect(row.state).toBe('posted');
      expect((await read(marie)).messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}` });
    } else {
      expect(extended).toMatchObject({ refusal: { code: 'message.gone' } });
      expect(row).toMatchObject({ state: 'expired', body: null, wrapped_key: null });
    }
    await restore();
    await world.ctx.db.deleteFrom('blobs_to_remove').execute();
  }
});

test('000-C5: two moves at the same moment leave one truth: keys, files and title of the same day', async () => {
  const { conversation, messages } = await read(marie);
  const messageId = messages[0]?.id ?? '';
  const moves = ['2015-04-01', '2015-08-01', '2016-03-01', '2015-05-05'].map((expiresOn) => moveExpiry(marie, conversation, { messageId, expiresOn }));
  for (const moved of await Promise.all(moves)) done(moved);
  expect((await read(jean)).messages[0]).toMatchObject({ state: 'open', text: `Texte ${canary}` });
  expect((await read(jean)).conversation.title).toBe(`Titre ${canary}`);
  expect(await fileText(jean)).toBe(`${canary} dans le fichier`);
});
