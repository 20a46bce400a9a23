import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atomically, type SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { sweepChanges } from '#platform/realtime/changes.ts';
import { refuse } from '#result';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessAttachment, accessOneConversation, openMessage, postMessage, readThread, recordDownload } from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

/** What was written for open screens since the last call. */
async function published() {
  const { rows } = await sql<{ kind: string; persona_ids: string[]; subject_id: string }>`
    with gone as (delete from events returning *) select kind, persona_ids, subject_id from gone order by seq`.execute(world.ctx.db);
  return rows.map((row) => ({ kind: row.kind, who: row.persona_ids.map(nameOf).sort(), about: row.subject_id }));
}

function nameOf(personaId: string): string {
  const known = { [world.marie.personaId]: 'Marie', [world.paul.personaId]: 'Paul', [world.alain.personaId]: 'Alain', [world.jean.personaId]: 'Jean' };
  return known[personaId] ?? `somebody else (${personaId})`;
}

async function say(ctx: SignedInCtx, conversationId: string, extra: { postKey?: string; uploadIds?: string[] } = {}) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  const personaId = conversation?.personaId ?? '';
  return postMessage(ctx, { conversationId, personaId, message: 'Merci.', uploadIds: [], postKey: ctx.newId(), ...extra });
}

async function firstMessage(ctx: SignedInCtx, conversationId: string) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  const { messages } = await readThread(ctx, conversation, { window: undefined });
  return { conversation, message: messages[0]! };
}

test('000-07: starting and posting are told to the people of the conversation, their other addresses left out, and to nobody else', async () => {
  const id = await converse(marie, world.marie.personaId);
  expect(await published()).toEqual([{ kind: 'messages', who: ['Jean', 'Marie'], about: id }]);
  done(await say(jean, id));
  expect(await published()).toEqual([{ kind: 'messages', who: ['Jean', 'Marie'], about: id }]);
  expect(world.live.flushes()).toBeGreaterThanOrEqual(2);
});

test('opening moves one’s own count, and the activities of the others; once', async () => {
  const id = await converse(marie, world.marie.personaId);
  await published();
  const { conversation, message } = await firstMessage(jean, id);
  const opening = { conversationId: id, messageId: message.id, personaId: conversation.personaId };
  world.clock.advance(60);
  done(await openMessage(jean, opening));
  expect(await published()).toEqual([
    { kind: 'messages', who: ['Jean'], about: id },
    { kind: 'activities', who: ['Jean', 'Marie'], about: id },
  ]);
  done(await openMessage(jean, opening));
  expect(await published()).toEqual([]);
  await world.runJobs();
  // Marie's row has moved up: her list is another one.
  expect(await published()).toEqual([{ kind: 'activities', who: ['Marie'], about: id }]);
});

test('a download is told once an hour, like the line it writes', async () => {
  const sent = receiveFile(marie, {
    profileId: marie.actor.profileId,
    name: 'a.txt',
    mediaType: 'text/plain',
    source: Readable.from([Buffer.from('a')]),
    limit: 10,
  });
  const id = await converse(marie, world.marie.personaId, { uploadIds: [done(await sent).uploadId] });
  const { conversation, message } = await firstMessage(jean, id);
  done(await openMessage(jean, { conversationId: id, messageId: message.id, personaId: conversation.personaId }));
  const { message: opened } = await firstMessage(jean, id);
  await published();
  const file = 'files' in opened ? opened.files[0] : undefined;
  const download = await accessAttachment(jean, { conversationId: id, attachmentId: file?.id ?? '' });
  if (!download) throw new Error('No file');
  await recordDownload(jean, download);
  await recordDownload(jean, download);
  expect(await published()).toEqual([{ kind: 'activities', who: ['Jean', 'Marie'], about: id }]);
});

test('what expires is told to those who had it', async () => {
  const id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
  await published();
  world.clock.advance(400 * 24 * 3600);
  await world.sweep();
  expect(await published()).toEqual([{ kind: 'messages', who: ['Jean', 'Marie', 'Paul'], about: id }]);
});

test('a verb that is refused, undone or sent twice tells nothing', async () => {
  const id = await converse(marie, world.marie.personaId, { postKey: 'une-fois' });
  await published();
  const before = world.live.flushes();
  expect(await say(await world.as(world.alain.profileId), id)).toMatchObject({ ok: false });
  await converse(marie, world.marie.personaId, { postKey: 'une-fois' });
  const undone = atomically(marie, async (inside) => {
    done(await say(inside, id));
    return refuse('conversation.closed');
  });
  expect(await undone).toMatchObject({ ok: false });
  const broken = atomically(marie, async (inside) => {
    done(await say(inside, id));
    throw new Error('The disk is full');
  });
  await expect(broken).rejects.toThrow('The disk is full');
  expect(await published()).toEqual([]);
  expect(world.live.flushes()).toBe(before);
});

test('what was told is forgotten ten minutes later', async () => {
  await converse(marie, world.marie.personaId);
  world.clock.advance(590);
  await sweepChanges(world.ctx.db, world.ctx.now());
  expect(await world.ctx.db.selectFrom('events').select('seq').execute()).toHaveLength(1);
  world.clock.advance(20);
  await sweepChanges(world.ctx.db, world.ctx.now());
  expect(await world.ctx.db.selectFrom('events').select('seq').execute()).toEqual([]);
});
