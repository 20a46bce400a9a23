import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { discardUploads, receiveFile } from '#domain/attachments/api.ts';
import { postMessage, saveAnswer, saveNewConversation, startConversation } from '#domain/conversations/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { destroyDueKeys } from '#domain/retention/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type DraftPlace, discardDraft, discardDueDrafts, dropVersion, type FoundDraft, findDraft, findPlaces, takeVersion } from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let jean: SignedInCtx;
let conversationId: string;
let place: { conversationId: string; personaId: string };
const day = 24 * 3600;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  jean = await world.as(world.jean.profileId);
  conversationId = await converse(marie, world.marie.personaId);
  place = { conversationId, personaId: world.jean.personaId };
});
afterEach(() => world.dispose());

const page = () => ({ version: 0, writer: world.ctx.newId() });

function write(ctx: SignedInCtx, message: string, saved: { version: number; writer: string; uploadIds?: string[] } = page()) {
  const { uploadIds = [], ...of } = saved;
  return saveAnswer(ctx, { ...place, ...of, draft: { fields: { message }, uploadIds } });
}

/** In a session opened anew: another device, another day. */
async function found(profileId: string, at: DraftPlace = place): Promise<FoundDraft | undefined> {
  return findDraft(await world.as(profileId), at);
}

async function receive(name = 'relevé.pdf'): Promise<string> {
  const source = Readable.from([Buffer.from('contenu')]);
  return done(await receiveFile(world.ctx, { profileId: world.jean.profileId, name, mediaType: 'application/pdf', source, limit: 1000 })).uploadId;
}

const uploads = () => world.ctx.db.selectFrom('uploads').select(['id', 'discard_at', 'key_day']).orderBy('id').execute();
const drafts = () => world.ctx.db.selectFrom('drafts').selectAll().execute();

async function sweep(): Promise<void> {
  await discardUploads(world.ctx);
  await discardDueDrafts(world.ctx);
  await destroyDueKeys(world.ctx, world.ctx.now);
}

describe('a draft', () => {
  test('000-Y3: is found in another session of the same person, as the same persona, and by nobody else', async () => {
    expect(done(await write(jean, 'Bonjour Marie'))).toMatchObject({ version: 1, apart: false });
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Bonjour Marie' }, version: 1, parked: false, aside: [] });
    expect(await found(world.marie.profileId)).toBeUndefined();
    expect(await found(world.jean.profileId, { conversationId, personaId: world.jeanAtelier })).toBeUndefined();
    expect(await findPlaces(await world.as(world.jean.profileId))).toEqual([place]);
    expect(await findPlaces(await world.as(world.marie.profileId))).toEqual([]);
  });

  test('000-07: is kept by nobody who has no right to post there, nor shown once the right is gone', async () => {
    const asked = { ...place, ...page(), draft: { fields: { message: 'Rien' }, uploadIds: [] } };
    expect(await saveAnswer(await world.as(world.paul.profileId), asked)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await saveAnswer(jean, { ...asked, personaId: world.jeanAtelier })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await saveNewConversation(jean, { ...asked })).toMatchObject({ refusal: { code: 'conversation.may-not-start' } });
    done(await write(jean, 'Presque fini'));
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.marie.personaId, role: 'collaborator', status: 'suspended' });
    expect(await write(jean, 'Encore', { version: 1, writer: world.ctx.newId() })).toMatchObject({ refusal: { code: 'conversation.read-only' } });
  });

  test('000-48: goes with the conversation that expires, and its files with it', async () => {
    const uploadId = await receive();
    world.clock.set('2016-01-20T12:00:00.000Z');
    const late = await receive('tard.pdf');
    done(await write(jean, 'Trop tard', { ...page(), uploadIds: [late] }));
    expect((await uploads()).find(({ id }) => id === uploadId)).toBeDefined();
    world.clock.set('2016-02-01T20:14:18.000Z');
    await world.sweep();
    expect(await drafts()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  test('is sealed, and 30 days later neither found nor readable by whoever has the database', async () => {
    done(await write(jean, 'Zèbre-Quartz'));
    const [row] = await drafts();
    expect(JSON.stringify(row)).not.toContain('Zèbre');
    expect(row?.content.includes('Zèbre')).toBe(false);
    expect(row?.key_day).toBe('2015-03-04');
    world.clock.advance(30 * day);
    await sweep();
    expect(await found(world.jean.profileId)).toBeDefined();
    world.clock.set('2015-03-05T00:00:00.000Z');
    expect(await found(world.jean.profileId)).toBeUndefined();
    await sweep();
    world.clock.advance(2 * day);
    await sweep();
    expect(await drafts()).toEqual([]);
    expect(await world.ctx.keys.unwrap('2015-03-04', row?.wrapped_key ?? Buffer.of(), `draft:${world.jean.profileId}:x`)).toBeUndefined();
  });

  test('has one key, wrapped again when its last day moves and not at each saving', async () => {
    const at = page();
    const wrapped = async () => (await drafts())[0]?.wrapped_key.toString('hex');
    done(await write(jean, 'Un', at));
    const first = await wrapped();
    done(await write(jean, 'Deux', { ...at, version: 1 }));
    expect(await wrapped()).toBe(first);
    world.clock.advance(day);
    done(await write(jean, 'Trois', { ...at, version: 2 }));
    expect(await wrapped()).not.toBe(first);
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Trois' }, version: 3 });
    expect((await world.ctx.keys.listDays()).filter((name) => name.startsWith('2015-03'))).toEqual(['2015-03-04', '2015-03-05']);
  });

  test('emptied is none', async () => {
    const at = page();
    expect(done(await write(jean, '   ', at))).toMatchObject({ version: 0 });
    done(await write(jean, 'Un', at));
    expect(done(await write(jean, '', { ...at, version: 1 }))).toMatchObject({ version: 0, apart: false });
    expect(await drafts()).toEqual([]);
  });

  test('is bounded in size, in number and in pace', async () => {
    expect(await write(jean, 'x'.repeat(1_600_000))).toMatchObject({ refusal: { code: 'draft.too-large' } });
    const row = {
      version: 1,
      content: Buffer.of(1),
      wrapped_key: Buffer.of(1),
      key_day: '2015-03-04',
      upload_ids: [],
      saved_at: world.clock.now(),
      discard_at: new Date('2015-03-05'),
    };
    const full = Array.from({ length: 50 }, () => ({
      ...row,
      profile_id: world.jean.profileId,
      conversation_id: world.ctx.newId(),
      persona_id: world.jean.personaId,
    }));
    await world.ctx.db.insertInto('drafts').values(full).execute();
    expect(await write(jean, 'De trop')).toMatchObject({ refusal: { code: 'draft.too-many', data: { limit: 50 } } });
    await world.ctx.db.deleteFrom('drafts').execute();
    const at = page();
    for (let n = 0; n < 118; n += 1) done(await write(jean, 'Un', at));
    expect(await write(jean, 'Deux', at)).toMatchObject({ refusal: { code: 'draft.too-often' } });
    world.clock.advance(61);
    done(await write(jean, 'Deux', at));
  });
});

describe('two pages that write the same draft', () => {
  test('do not overwrite each other: the later is told, and both are kept', async () => {
    const [desk, phone] = [page(), page()];
    done(await write(jean, 'Au bureau', desk));
    const late = done(await write(jean, 'Au téléphone', phone));
    expect(late).toMatchObject({ version: 1, apart: true });
    expect(done(await write(jean, 'Au téléphone, suite', phone))).toMatchObject({ apart: true });
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Au bureau' }, aside: [{ fields: { message: 'Au téléphone, suite' } }] });
    expect(done(await write(jean, 'Au bureau, suite', { ...desk, version: 1 }))).toMatchObject({ version: 2, apart: false });
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Au bureau, suite' }, aside: [{ writer: phone.writer }] });
  });

  test('choose one without losing the other', async () => {
    const [desk, phone] = [page(), page()];
    done(await write(jean, 'Au bureau', desk));
    done(await write(jean, 'Au téléphone', phone));
    const taken = await takeVersion(jean, { place, writer: phone.writer });
    expect(taken).toMatchObject({ version: 2 });
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Au téléphone' }, aside: [{ fields: { message: 'Au bureau' } }] });
    expect(done(await write(jean, 'Au téléphone, suite', { ...phone, version: 2 }))).toMatchObject({ version: 3, apart: false });
    expect(done(await write(jean, 'Au bureau, encore', { ...desk, version: 1 }))).toMatchObject({ apart: true });
    await dropVersion(jean, { place, writer: desk.writer });
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Au téléphone, suite' }, aside: [] });
    expect(await takeVersion(jean, { place, writer: desk.writer })).toBeUndefined();
    expect(await takeVersion(marie, { place, writer: phone.writer })).toBeUndefined();
  });

  test('at the very same moment are one draft and one beside it', async () => {
    const kept = await Promise.all(['Un', 'Deux', 'Trois'].map((text) => write(jean, text)));
    expect(kept.map((one) => done(one).apart).sort()).toEqual([false, true, true]);
    const draft = await found(world.jean.profileId);
    expect([draft, ...(draft?.aside ?? [])].map((one) => one?.fields.message).sort()).toEqual(['Deux', 'Trois', 'Un']);
    expect(await write(jean, 'Quatre')).toMatchObject({ ok: true });
    expect(await write(jean, 'Cinq')).toMatchObject({ refusal: { code: 'draft.too-many-versions' } });
  });

  test('a page whose answer was lost goes on with its own draft; the same words twice are one version', async () => {
    const at = page();
    done(await write(jean, 'Un', at));
    expect(done(await write(jean, 'Un, suite', at))).toMatchObject({ version: 2, apart: false });
    expect(done(await write(jean, 'Un, suite'))).toMatchObject({ version: 2, apart: false });
  });
});

describe('the files of a draft', () => {
  test('live as long as it does, under a key of its last day; others 24 h', async () => {
    const [kept, other] = [await receive('gardé.pdf'), await receive('oublié.pdf')];
    done(await write(jean, 'Avec un fichier', { ...page(), uploadIds: [kept] }));
    const waiting = new Map((await uploads()).map((upload) => [upload.id, upload]));
    expect(waiting.get(kept)).toMatchObject({ key_day: '2015-03-04', discard_at: new Date('2015-03-05T00:00:00.000Z') });
    expect(waiting.get(other)).toMatchObject({ key_day: '2015-02-03' });
    world.clock.advance(30 * day);
    await sweep();
    const draft = await found(world.jean.profileId);
    expect(draft?.files).toEqual([{ uploadId: kept, name: 'gardé.pdf', size: 7 }]);
    const posted = await postMessage(await world.as(world.jean.profileId), { ...place, message: 'Voici', uploadIds: [kept], postKey: world.ctx.newId() });
    expect(posted.ok).toBe(true);
  });

  test('taken off it wait a day again; thrown away with it they go at once; those of others are not touched', async () => {
    const at = page();
    const [first, second] = [await receive('un.pdf'), await receive('deux.pdf')];
    done(await write(jean, 'Deux fichiers', { ...at, uploadIds: [first, second] }));
    done(await write(jean, 'Un fichier', { ...at, version: 1, uploadIds: [second] }));
    expect((await uploads()).find(({ id }) => id === first)?.discard_at).toEqual(new Date(world.clock.now().getTime() + day * 1000));
    const stranger = await saveNewConversation(marie, { ...page(), draft: { fields: { titre: 'Vol' }, uploadIds: [second] } });
    expect(stranger.ok).toBe(true);
    await discardDraft(marie, 'new');
    expect((await uploads()).find(({ id }) => id === second)?.discard_at).toEqual(new Date('2015-03-05T00:00:00.000Z'));
    await discardDraft(jean, place);
    await discardUploads(world.ctx);
    expect((await uploads()).map(({ id }) => id)).toEqual([first]);
  });
});

describe('posting', () => {
  test('000-Y3: takes the draft away in its own transaction; a post that fails leaves it', async () => {
    const at = page();
    const uploadId = await receive();
    done(await write(jean, 'Brouillon', { ...at, uploadIds: [uploadId] }));
    const broken = { ...jean, live: { ...jean.live, record: () => Promise.reject(new Error('The database went away')) } };
    const letter = { ...place, message: 'Brouillon', uploadIds: [uploadId], postKey: at.writer };
    await expect(postMessage(broken, letter)).rejects.toThrow('went away');
    expect(await found(world.jean.profileId)).toMatchObject({ fields: { message: 'Brouillon' }, files: [{ uploadId }] });
    expect((await uploads())[0]?.discard_at).toEqual(new Date('2015-03-05T00:00:00.000Z'));
    done(await postMessage(jean, letter));
    expect(await drafts()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  test('a saving that arrives after its message, or at the same moment, brings no draft back', async () => {
    const at = page();
    const letter = { ...place, message: 'Un', uploadIds: [], postKey: at.writer };
    const [posted] = await Promise.all([postMessage(jean, letter), write(jean, 'Un', at), write(jean, 'Un.', at)]);
    expect(posted.ok).toBe(true);
    expect(await drafts()).toEqual([]);
    expect(await write(jean, 'Un', at)).toMatchObject({ refusal: { code: 'draft.already-sent' } });
  });

  test('a new conversation takes its draft away, and leaves those of others and of answers', async () => {
    const at = page();
    const paul = await world.as(world.paul.profileId);
    for (const ctx of [marie, paul]) done(await saveNewConversation(ctx, { ...at, draft: { fields: { titre: 'Relevé' }, uploadIds: [] } }));
    done(await write(jean, 'Réponse'));
    const started = { holderPersonaId: world.marie.personaId, title: 'Relevé', participants: [world.jean.address], expiresOn: undefined };
    done(await startConversation(marie, { ...started, message: 'Voici', uploadIds: [], postKey: at.writer }));
    expect((await drafts()).map((row) => row.profile_id).sort()).toEqual([world.jean.profileId, world.paul.profileId].sort());
    const late = await saveNewConversation(marie, { ...at, draft: { fields: { titre: 'Relevé' }, uploadIds: [] } });
    expect(late).toMatchObject({ refusal: { code: 'draft.already-sent' } });
  });
});
