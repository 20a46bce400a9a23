import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;
const asleep = { 'pli-live': 'session' };

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
});
afterEach(() => world.dispose());

const life = async (answer: Response): Promise<unknown> => answer.json();

test('S-15: a page asks how long its session lasts without making it last longer; «Rester connecté» does, and nobody else’s', async () => {
  world.clock.advance(1700, { sessions: true });
  for (let n = 0; n < 2; n += 1) expect(await life(await marie.get('/session', asleep))).toEqual({ seconds: 100, extendable: true });
  expect(await life(await marie.post('/session', {}))).toEqual({ seconds: 1800, extendable: true });
  world.clock.advance(30, { sessions: true });
  expect(await life(await marie.post('/session', {}))).toEqual({ seconds: 1800, extendable: true });
  const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' };
  expect((await marie.post('/session', {}, elsewhere)).status).toBe(403);
  for (const answer of [await site.browser().get('/session', asleep), await site.browser().post('/session', {})]) expect(answer.status).toBe(401);
});

test('S-15: once the session is over it cannot be put off any more', async () => {
  world.clock.advance(1800, { sessions: true });
  expect((await marie.post('/session', {})).status).toBe(401);
  expect((await marie.get('/session', asleep)).status).toBe(401);
});

test.each([
  ['fr-CA', 'Rester connecté', 'Votre session s’est fermée. Votre brouillon est gardé. Reconnectez-vous pour continuer.'],
  ['en', 'Stay signed in', 'Your session has ended. Your draft is kept. Sign in again to continue.'],
])('S-15: each page knows how long its session lasts, and has the words for its end, hidden (%s)', async (language, button, ended) => {
  for (const path of ['/connexion', '/connexion/nouvelle', '/profil', '/aide']) {
    const page = await (await marie.get(path, { 'accept-language': language })).page();
    const element = page.querySelector('session-end');
    expect(element?.getAttribute('data-seconds')).toBe('1800');
    expect(element?.hasAttribute('data-extendable')).toBe(true);
    expect(element?.hasAttribute('hidden')).toBe(true);
    expect(element?.querySelector('button')?.text.trim()).toBe(button);
    expect(element?.getAttribute('data-ended-kept')).toBe(ended);
  }
  const jean = await site.browserOf(world.jean.profileId);
  const page = await (await jean.get('/connexion')).page();
  expect(page.querySelector('session-end')?.hasAttribute('data-extendable')).toBe(false);
  expect((await (await site.browser().get('/aide')).page()).querySelector('session-end')).toBeNull();
});
