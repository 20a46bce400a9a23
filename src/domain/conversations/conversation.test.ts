import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { adoptPersona, createProfile } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import {
  accessAttachment,
  accessConversation,
  accessOneConversation,
  countInboxes,
  displayConversation,
  listActivities,
  listConversations,
  openMessage,
  postMessage,
  readThread,
  recordDownload,
  startConversation,
} from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

async function thread(ctx: SignedInCtx, conversationId: string, window?: number) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  if (!conversation) throw new Error('Not found');
  return { conversation, ...(await readThread(ctx, conversation, { window })) };
}

async function openAll(ctx: SignedInCtx, conversationId: string) {
  const { conversation, messages } = await thread(ctx, conversationId);
  for (const message of messages) done(await openMessage(ctx, { conversationId, messageId: message.id, personaId: conversation.personaId }));
}

async function say(ctx: SignedInCtx, conversationId: string, message: string, uploadIds: string[] = []) {
  const conversation = await accessOneConversation(ctx, { conversationId });
  return postMessage(ctx, { conversationId, personaId: conversation?.personaId ?? '', message, uploadIds, postKey: ctx.newId() });
}

async function send(ctx: SignedInCtx, name: string, text: string) {
  return done(
    await receiveFile(ctx, { profileId: ctx.actor.profileId, name, mediaType: 'text/plain', source: Readable.from([Buffer.from(text)]), limit: 1000 }),
  ).uploadId;
}

async function inbox(ctx: SignedInCtx, personaId = ctx.actor.personas[0]?.id ?? '') {
  return (await listConversations(ctx, { personaId, page: 1, size: 10, order: 'newest' }))?.rows ?? [];
}

test('000-01 000-02 000-03 000-C1: a collaborator starts a conversation with several people, inside and outside', async () => {
  const id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.nadiaAddress, world.paul.address] });
  const { people } = await thread(marie, id);
  expect(people.map((person) => [person.address, person.role])).toEqual([
    ['marie.unetelle@innovactione.example', 'holder'],
    ['jeand@courriel.example', 'participant'],
    ['nadia.roy@courriel.example', 'participant'],
    ['paul.tremblay@innovactione.example', 'participant'],
  ]);
});

test('000-06 S-01: a participant cannot start a conversation, nor can an administrator, nor anybody as somebody else', async () => {
  const attempt = { title: 'Bonjour', participants: [world.marie.address], message: 'x', uploadIds: [], expiresOn: undefined, postKey: '' };
  const alain = await world.as(world.alain.profileId);
  expect(await startConversation(jean, { ...attempt, holderPersonaId: world.jean.personaId })).toMatchObject({
    ok: false,
    refusal: { code: 'conversation.may-not-start' },
  });
  expect(await startConversation(alain, { ...attempt, holderPersonaId: world.alain.personaId })).toMatchObject({ ok: false });
  expect(await startConversation(jean, { ...attempt, holderPersonaId: world.marie.personaId })).toMatchObject({ ok: false });
});

test('000-07 S-04: a stranger, another collaborator, an administrator, an uninvited persona and another organisation get nothing', async () => {
  const id = await converse(marie, world.marie.personaId);
  const stranger = done(await createProfile(world.ctx, { displayName: 'Nadia Roy', addresses: [world.nadiaAddress] }));
  for (const profileId of [stranger.profileId, world.paul.profileId, world.alain.profileId]) {
    const ctx = await world.as(profileId);
    expect(await accessConversation(ctx, { conversationId: id })).toEqual([]);
    expect(await say(ctx, id, 'Bonjour')).toMatchObject({ ok: false, refusal: { code: 'conversation.not-found' } });
    const { messages } = await thread(jean, id);
    expect(await openMessage(ctx, { conversationId: id, messageId: messages[0]?.id ?? '', personaId: ctx.actor.personas[0]?.id ?? '' })).toMatchObject({
      ok: false,
    });
    expect(await inbox(ctx)).toEqual([]);
  }
  expect(await accessConversation(jean, { conversationId: id, personaId: world.jeanAtelier })).toEqual([]);
  // Somebody else's persona in the address bar is nothing either.
  expect(await accessConversation(jean, { conversationId: id, personaId: world.marie.personaId })).toEqual([]);
  expect(await listConversations(jean, { personaId: world.marie.personaId, page: 1, size: 10, order: 'newest' })).toBeUndefined();
});

test('000-07: a former participant loses the conversation, its messages and its files at once', async () => {
  const file = await send(marie, 'relevé.txt', 'contenu');
  const id = await converse(marie, world.marie.personaId, { uploadIds: [file] });
  await openAll(jean, id);
  expect(await accessAttachment(jean, { conversationId: id, attachmentId: file })).toBeDefined();
  await world.ctx.db.updateTable('participations').set({ removed_at: world.ctx.now() }).where('persona_id', '=', world.jean.personaId).execute();
  expect(await accessConversation(jean, { conversationId: id })).toEqual([]);
  expect(await accessAttachment(jean, { conversationId: id, attachmentId: file })).toBeUndefined();
});

test('000-41 000-05: the text of an envelope is not given before «Ouvrir»; opening is counted once and seen by the others', async () => {
  const id = await converse(marie, world.marie.personaId, { message: 'Le secret du relevé' });
  const sealed = (await thread(jean, id)).messages[0];
  expect(sealed).toMatchObject({ state: 'sealed', senderAddress: 'marie.unetelle@innovactione.example' });
  expect(JSON.stringify(sealed)).not.toContain('secret');
  expect(await countInboxes(jean)).toMatchObject({ total: 1 });

  world.clock.advance(60);
  await openAll(jean, id);
  await openAll(jean, id);
  expect((await thread(jean, id)).messages[0]).toMatchObject({ state: 'open', text: 'Le secret du relevé' });
  expect(await countInboxes(jean)).toMatchObject({ total: 0 });
  const { conversation } = await thread(marie, id);
  const { rows } = await listActivities(marie, conversation, { order: { by: 'date', descending: false }, page: 1 });
  expect(rows.map((row) => [row.kind, row.name])).toEqual([
    ['created', 'Marie Unetelle'],
    ['participant-added', 'Marie Unetelle'],
    ['message-posted', 'Marie Unetelle'],
    ['message-opened', 'Jean Dubé'],
  ]);
});

test('000-27 000-37: an opening moves the modification date of everybody, through one job', async () => {
  const id = await converse(marie, world.marie.personaId);
  world.clock.advance(3600);
  await openAll(jean, id);
  await world.runJobs();
  const [row] = await inbox(marie);
  expect(row?.lastActivityAt).toEqual(world.clock.now());
});

test('000-30: new is not unread: displaying clears the one, opening the other; one is never sealed from oneself', async () => {
  const id = await converse(marie, world.marie.personaId);
  expect((await inbox(jean))[0]).toMatchObject({ isNew: true, unreadCount: 1 });
  const { conversation } = await thread(jean, id);
  await displayConversation(jean, conversation);
  expect((await inbox(jean))[0]).toMatchObject({ isNew: false, unreadCount: 1 });
  await openAll(jean, id);
  expect((await inbox(jean))[0]).toMatchObject({ isNew: false, unreadCount: 0 });
  expect((await inbox(marie))[0]).toMatchObject({ isNew: false, unreadCount: 0 });
  expect((await thread(marie, id)).messages[0]).toMatchObject({ state: 'open', mine: true });
});

test('000-05 000-29: a participant answers; the holder finds the unread mark and its count', async () => {
  const id = await converse(marie, world.marie.personaId);
  done(await say(jean, id, 'Merci, bien reçu.'));
  done(await say(jean, id, 'Une question encore.'));
  expect((await inbox(marie))[0]).toMatchObject({ unreadCount: 2 });
  expect(await countInboxes(marie)).toMatchObject({ total: 2, byPersona: { [world.marie.personaId]: 2 } });
});

test('000-55: a message sent twice is posted once, also at the same moment', async () => {
  const id = await converse(marie, world.marie.personaId);
  const file = await send(jean, 'a.txt', 'a');
  const post = { conversationId: id, personaId: world.jean.personaId, message: 'Une fois', uploadIds: [file], postKey: world.ctx.newId() };
  const answers = await Promise.all([postMessage(jean, post), postMessage(jean, post), postMessage(jean, post)]);
  expect(new Set(answers.map((answer) => done(answer).messageId)).size).toBe(1);
  expect((await thread(marie, id)).window.total).toBe(2);
  expect(await countInboxes(marie)).toMatchObject({ total: 1 });
});

test('000-C1: a conversation started twice by the same form is started once', async () => {
  const postKey = world.ctx.newId();
  const started = await Promise.all([converse(marie, world.marie.personaId, { postKey }), converse(marie, world.marie.personaId, { postKey })]);
  expect(new Set(started).size).toBe(1);
  expect(await inbox(marie)).toHaveLength(1);
});

test('000-C1 000-55: sent again with the documents it has already taken, the form of a new conversation leads to that conversation', async () => {
  const form = { postKey: world.ctx.newId(), uploadIds: [await send(marie, 'a.txt', 'a')] };
  const first = await converse(marie, world.marie.personaId, form);
  expect(await converse(marie, world.marie.personaId, form)).toBe(first);
  expect(await inbox(marie)).toHaveLength(1);
});

test('000-05: posts at the same moment keep their places, none lost, counts right', async () => {
  const id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
  const paul = await world.as(world.paul.profileId);
  await Promise.all(Array.from({ length: 12 }, (_, n) => say([marie, jean, paul][n % 3] ?? marie, id, `Message ${n}`).then(done)));
  const { window } = await thread(marie, id);
  expect(window).toMatchObject({ total: 13, count: 3 });
  expect(await countInboxes(marie)).toMatchObject({ total: 8 });
  expect(await countInboxes(jean)).toMatchObject({ total: 9 });
});

test('000-05: posts at the same moment in several conversations of the same people wait for each other’s counts, and none is lost', async () => {
  const participants = [world.jean.address, world.paul.address];
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.push(await converse(marie, world.marie.personaId, { participants }));
  const paul = await world.as(world.paul.profileId);
  await Promise.all(Array.from({ length: 24 }, (_, n) => say([marie, jean, paul][n % 3] ?? marie, ids[n % 4] ?? '', `Message ${n}`).then(done)));
  expect(await countInboxes(marie)).toMatchObject({ total: 16 });
  expect(await countInboxes(jean)).toMatchObject({ total: 4 + 16 });
  expect(await countInboxes(paul)).toMatchObject({ total: 4 + 16 });
});

test('000-44: windows of five are cut from the end, and the page opens on the oldest unopened message', async () => {
  const id = await converse(marie, world.marie.personaId);
  for (let n = 2; n <= 23; n++) done(await say(marie, id, `Message ${n}`));
  const ranges = [1, 2, 3, 4, 5].map(async (window) => {
    const { window: shown } = await thread(marie, id, window);
    return [shown.first, shown.last];
  });
  expect(await Promise.all(ranges)).toEqual([
    [19, 23],
    [14, 18],
    [9, 13],
    [4, 8],
    [1, 3],
  ]);
  expect((await thread(jean, id)).window).toMatchObject({ first: 1, last: 3 });
  await openAll(jean, id);
  expect((await thread(jean, id)).window).toMatchObject({ first: 4, last: 8 });
  expect((await thread(marie, id)).window).toMatchObject({ first: 19, last: 23 });
  expect((await thread(marie, id)).messages.map((message) => message.position)).toEqual([19, 20, 21, 22, 23]);
});

test('000-31 000-32: once the holder has no account in force the conversation is red and read-only, and black again afterwards', async () => {
  const id = await converse(marie, world.marie.personaId);
  const role = { organisationId: world.organisationId, personaId: world.marie.personaId, role: 'collaborator' } as const;
  done(await setMembershipStatus(world.ctx, { ...role, status: 'suspended' }));
  expect((await inbox(jean))[0]).toMatchObject({ holderActive: false });
  expect(await say(jean, id, 'Êtes-vous là?')).toMatchObject({ ok: false, refusal: { code: 'conversation.read-only' } });
  await openAll(jean, id);
  expect((await thread(jean, id)).messages[0]).toMatchObject({ state: 'open' });
  done(await setMembershipStatus(world.ctx, { ...role, status: 'active' }));
  expect(await say(jean, id, 'Vous revoilà.')).toMatchObject({ ok: true });
});

test('000-49 000-52 000-40: files come with their message, their names are sealed, a download counts once a person, file and hour', async () => {
  const files = [await send(marie, 'Relevé 2014.txt', 'un'), await send(marie, 'Relevé 2014.txt', 'deux')];
  const id = await converse(marie, world.marie.personaId, { uploadIds: files });
  const [attachmentId = ''] = files;
  expect(await accessAttachment(jean, { conversationId: id, attachmentId })).toBeUndefined();
  await openAll(jean, id);
  const message = (await thread(jean, id)).messages[0];
  expect(message?.state === 'open' && message.files.map((file) => [file.name, file.size])).toEqual([
    ['Relevé 2014.txt', 2],
    ['Relevé 2014.txt', 4],
  ]);

  const download = await accessAttachment(jean, { conversationId: id, attachmentId });
  if (!download) throw new Error('The file of an opened message can be read');
  expect(Buffer.concat(await (await download.read()).toArray()).toString()).toBe('un');
  for (let n = 0; n < 3; n++) await recordDownload(jean, download);
  world.clock.advance(3600);
  await recordDownload(jean, download);
  const { conversation } = await thread(marie, id);
  const { rows } = await listActivities(marie, conversation, { order: { by: 'activity', descending: false }, page: 1 });
  expect(rows.filter((row) => row.kind === 'attachment-downloaded').map((row) => row.fileName)).toEqual(['Relevé 2014.txt', 'Relevé 2014.txt']);
});

test('000-40: until they open the message, the others read «une pièce jointe» where a file is named', async () => {
  const file = await send(marie, 'Relevé.txt', 'x');
  const id = await converse(marie, world.marie.personaId, { uploadIds: [file], participants: [world.jean.address, world.paul.address] });
  await openAll(jean, id);
  const download = await accessAttachment(jean, { conversationId: id, attachmentId: file });
  if (download) await recordDownload(jean, download);
  const paul = await world.as(world.paul.profileId);
  const { conversation } = await thread(paul, id);
  const { rows } = await listActivities(paul, conversation, { order: { by: 'date', descending: true }, page: 1 });
  expect(rows[0]).toMatchObject({ kind: 'attachment-downloaded', fileName: undefined });
});

test('000-07: nobody posts with the files of somebody else, nor with a file twice', async () => {
  const id = await converse(marie, world.marie.personaId);
  const hers = await send(marie, 'a.txt', 'a');
  expect(await say(jean, id, 'Voici', [hers])).toMatchObject({ ok: false, refusal: { code: 'attachment.not-ready' } });
  done(await say(marie, id, 'Voici', [hers]));
  expect(await say(marie, id, 'Encore', [hers])).toMatchObject({ ok: false, refusal: { code: 'attachment.not-ready' } });
});

test('000-36 000-38: activities sort by name, activity and date, both ways', async () => {
  const id = await converse(marie, world.marie.personaId);
  world.clock.advance(60);
  await openAll(jean, id);
  world.clock.advance(60);
  done(await say(jean, id, 'Merci'));
  const { conversation } = await thread(marie, id);
  const sorted = async (by: 'name' | 'activity' | 'date', descending: boolean) =>
    (await listActivities(marie, conversation, { order: { by, descending }, page: 1 })).rows.map((row) =>
      by === 'name' ? row.name : by === 'activity' ? row.kind : row.at.getTime(),
    );
  for (const by of ['name', 'activity', 'date'] as const) {
    const up = await sorted(by, false);
    expect(up).toEqual([...up].sort());
    expect(await sorted(by, true)).toEqual([...up].reverse());
  }
});

test('S-04: two addresses of one person that take part are two readers, never merged', async () => {
  const id = await converse(marie, world.marie.personaId, { participants: [world.jean.address, 'jean.dube@atelier.example'] });
  expect(await accessConversation(jean, { conversationId: id })).toHaveLength(2);
  expect(await accessOneConversation(jean, { conversationId: id })).toBeUndefined();
  const messageId = (await thread(marie, id)).messages[0]?.id ?? '';
  done(await openMessage(jean, { conversationId: id, messageId, personaId: world.jeanAtelier }));
  expect(await countInboxes(jean)).toMatchObject({ total: 1, byPersona: { [world.jean.personaId]: 1, [world.jeanAtelier]: 0 } });
});

test('000-16 000-22: an address invited before its owner had a profile brings its conversations along', async () => {
  const id = await converse(marie, world.marie.personaId, { participants: [world.nadiaAddress] });
  const nadia = done(await createProfile(world.ctx, { displayName: 'Nadia Roy', addresses: [] }));
  done(await adoptPersona(world.ctx, { profileId: nadia.profileId, address: world.nadiaAddress }));
  const ctx = await world.as(nadia.profileId);
  expect((await inbox(ctx)).map((row) => row.id)).toEqual([id]);
});

test('000-C1: the only participant cannot be oneself; an expiry date lies between tomorrow and a year', async () => {
  const attempt = {
    holderPersonaId: world.marie.personaId,
    title: 'T',
    participants: [world.marie.address.toUpperCase()],
    message: 'x',
    uploadIds: [],
    expiresOn: undefined,
    postKey: '',
  };
  expect(await startConversation(marie, attempt)).toMatchObject({ ok: false, refusal: { code: 'participants.only-yourself' } });
  for (const expiresOn of ['2015-02-02', '2014-01-01', '2016-02-04']) {
    expect(await startConversation(marie, { ...attempt, participants: [world.jean.address], expiresOn })).toMatchObject({
      ok: false,
      refusal: { code: 'expiry.outside-policy' },
    });
  }
  const id = await converse(marie, world.marie.personaId, { expiresOn: '2015-02-12' });
  expect((await thread(jean, id)).messages[0]?.expiresAt.toISOString()).toBe('2015-02-12T20:14:18.000Z');
  world.clock.advance(86_400);
  done(await say(jean, id, 'Merci'));
  expect((await thread(marie, id)).messages[1]?.expiresAt.toISOString()).toBe('2015-02-13T20:14:18.000Z');
});
