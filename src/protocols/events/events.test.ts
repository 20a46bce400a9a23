import { afterEach, beforeEach, expect, test } from 'vitest';
import { postMessage } from '#domain/conversations/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { endOtherSessions } from '#domain/sign-in/api.ts';
import { liveHeader, livePath } from '#shared/live.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../../tests/support/people.ts';
import { type Answer, type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';
import { topicOf } from './event-stream.ts';

let world: Innovactione;
let site: TestSite;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
});
afterEach(async () => {
  site.streams.close();
  await world.dispose();
});

type Screen = { answer: Answer; next(): Promise<string>; rest(): Promise<string>; leave(): Promise<void> };

/** An open screen: `next` waits for the next thing it is told, signs of life left out; `rest` for the end of the stream. */
async function screenOf(browser: Browser, query = ''): Promise<Screen> {
  const answer = await browser.get(`${livePath}${query}`, { [liveHeader]: 'stream' });
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  async function next(): Promise<string> {
    const part = await reader?.read();
    if (!part || part.done) return '(end)';
    const text = decoder.decode(part.value);
    return text === ': \n\n' ? next() : text;
  }
  async function rest(): Promise<string> {
    const text = await next();
    return text === '(end)' ? '' : text + (await rest());
  }
  return { answer, next, rest, leave: async () => reader?.cancel() };
}

async function screen(person: Person, query = '') {
  return screenOf(await site.browserOf(person.profileId), query);
}

/** Posts, and tells the screens what the post has written, as the line would. */
async function post(person: Person, conversationId: string) {
  const ctx = await world.as(person.profileId);
  done(await postMessage(ctx, { conversationId, personaId: person.personaId, message: 'Merci, bien reçu.', uploadIds: [], postKey: ctx.newId() }));
  const row = await world.ctx.db.selectFrom('events').select(['persona_ids', 'subject_id']).orderBy('seq', 'desc').executeTakeFirstOrThrow();
  world.live.tell({ personaIds: row.persona_ids, kind: 'messages', subjectId: row.subject_id });
}

test('somebody unknown gets nothing: 401, kept nowhere', async () => {
  const answer = await site.browser().get(livePath);
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([401, '', 'no-store']);
});

test('another site opens no stream for somebody who is signed in', async () => {
  const jean = await site.browserOf(world.jean.profileId);
  expect((await jean.get(livePath, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect(site.streams.count()).toBe(0);
});

test('000-07: the people of a conversation are told that it changed; a colleague and an administrator are not', async () => {
  const id = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const [jean, paul, alain] = [await screen(world.jean), await screen(world.paul), await screen(world.alain)];
  await post(world.marie, id);
  expect(await jean.next()).toBe(`event: messages\ndata: ${topicOf(id)}\n\n`);
  world.live.tell('everything');
  // What they hear first came after.
  expect([await paul.next(), await alain.next()]).toEqual(['event: messages\ndata: *\n\n', 'event: messages\ndata: *\n\n']);
});

test('the stream holds no id, title or text; nothing keeps, compresses or gathers it', async () => {
  const id = await converse(await world.as(world.marie.profileId), world.marie.personaId, { title: 'Relevé' });
  const jean = await screen(world.jean);
  await post(world.marie, id);
  site.streams.close();
  const told = await jean.rest();
  expect(told).toContain('event: messages');
  for (const secret of [id, 'Relevé', 'bien reçu', world.marie.personaId, 'marie']) expect(told).not.toContain(secret);
  const { headers } = jean.answer;
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store, no-transform');
  expect(headers.get('x-accel-buffering')).toBe('no');
  expect(headers.get('content-encoding')).toBeNull();
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('what happened while the page was being loaded is told first', async () => {
  const id = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  await post(world.marie, id);
  world.clock.advance(60);
  expect(await (await screen(world.jean, '?age=62000')).next()).toBe('event: messages\ndata: *\n\n');
  const [late, stranger] = [await screen(world.jean, '?age=1000'), await screen(world.paul, '?age=62000')];
  await post(world.jean, id);
  site.streams.close();
  expect([await late.rest(), await stranger.rest()]).toEqual([`event: messages\ndata: ${topicOf(id)}\n\n`, '']);
});

test('a session that ends, by «Déconnexion» or from elsewhere, ends its stream within 5 s', async () => {
  const browser = await site.browserOf(world.jean.profileId);
  const [here, elsewhere] = [await screenOf(browser), await screen(world.jean)];
  const begun = performance.now();
  await browser.post('/deconnexion', {});
  expect(await here.next()).toBe('(end)');
  expect(performance.now() - begun).toBeLessThan(5_000);
  await endOtherSessions(await world.as(world.jean.profileId));
  expect(await elsewhere.next()).toBe('(end)');
  expect((await browser.get(livePath)).status).toBe(401);
});

test('an account that is suspended ends its streams within 5 s, and no other', async () => {
  const [jean, paul] = [await screen(world.jean), await screen(world.paul)];
  const begun = performance.now();
  done(await setProfileStatus(world.ctx, { profileId: world.jean.profileId, status: 'suspended' }));
  expect(await jean.next()).toBe('(end)');
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(site.streams.count()).toBe(1);
  await paul.leave();
  expect(site.streams.count()).toBe(0);
});

test('S-15: neither a stream nor a page that refreshes by itself keeps a session awake; a person does', async () => {
  const marie = await site.browserOf(world.marie.profileId);
  world.clock.advance(29 * 60, { sessions: true });
  const open = await screenOf(marie);
  expect((await marie.get('/connexion', { [liveHeader]: 'refresh' })).status).toBe(200);
  world.clock.advance(2 * 60, { sessions: true });
  expect((await marie.get('/connexion')).status).toBe(303);
  expect(await open.next()).toBe('(end)');
});

test('000-30: a page that refreshes by itself displays nothing for the first time, and leaves «Succès» to the page it is for', async () => {
  const id = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const jean = await site.browserOf(world.jean.profileId);
  await jean.get(`/connexion/${id}`, { [liveHeader]: 'refresh' });
  expect((await (await jean.get('/connexion')).page()).querySelector('tr.is-new')).not.toBeNull();
  await jean.get(`/connexion/${id}`);
  expect((await (await jean.get('/connexion')).page()).querySelector('tr.is-new')).toBeNull();
  await jean.post(`/connexion/${id}/messages?persona=${world.jean.personaId}`, { message: 'Merci.', cle: 'une-fois' });
  expect((await (await jean.get('/connexion', { [liveHeader]: 'refresh' })).page()).querySelector('toast-message')).toBeNull();
  expect((await (await jean.get('/connexion')).page()).querySelector('toast-message')).not.toBeNull();
});

test('the title says how many messages wait', async () => {
  await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const jean = await site.browserOf(world.jean.profileId);
  expect((await (await jean.get('/connexion')).page()).querySelector('title')?.text).toMatch(/^\(1\) /u);
  const paul = await site.browserOf(world.paul.profileId);
  expect((await (await paul.get('/connexion')).page()).querySelector('title')?.text).not.toMatch(/^\(/u);
});

test('a person has ten streams at most, and none is opened while Pli stops', async () => {
  const browser = await site.browserOf(world.jean.profileId);
  const screens = await Promise.all(Array.from({ length: 10 }, () => screenOf(browser)));
  const refused = await screenOf(browser);
  expect([refused.answer.status, refused.answer.headers.get('retry-after')]).toEqual([429, '60']);
  expect((await screen(world.paul)).answer.status).toBe(200);
  await screens[0]?.leave();
  expect((await screenOf(browser)).answer.status).toBe(200);
  site.streams.close();
  expect(await Promise.all(screens.slice(1).map((one) => one.next()))).toEqual(Array(9).fill('(end)'));
  expect((await screenOf(browser)).answer.status).toBe(503);
});
