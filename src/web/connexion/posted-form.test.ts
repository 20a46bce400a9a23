import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conversationLimits } from '#shared/conversations.ts';
import { standardPolicy } from '#shared/policy.ts';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
});
afterEach(() => world.dispose());

const letter = () => ({
  titulaire: world.marie.personaId,
  titre: 'Relevé de placement',
  participants: 'jeand@courriel.example',
  message: 'Bonjour, voici le relevé.',
  cle: world.ctx.newId(),
});

async function started(): Promise<string> {
  return (await marie.post('/connexion/nouvelle', letter())).headers.get('location') ?? '';
}

test.each<[string, string, string, number?]>([
  ['cut in a file', 'multipart/form-data; boundary=q', '--q\r\nContent-Disposition: form-data; name="fichiers"; filename="coupe.txt"\r\n\r\nabc'],
  ['cut in a header', 'multipart/form-data; boundary=q', '--q\r\nContent-Disp'],
  ['empty', 'multipart/form-data; boundary=q', ''],
  ['no header at all', 'multipart/form-data; boundary=q', '--q\r\n: :\r\n\r\nabc\r\n--q--\r\n'],
  ['a half escape', 'application/x-www-form-urlencoded', 'message=%zz'],
  ['the id of no file', 'application/x-www-form-urlencoded', `message=&fichier-recu=${'-'.repeat(36)}`, 422],
])('a form that breaks off, or that no browser writes, is refused and breaks nothing down: %s', async (_, type, body, status = 400) => {
  const address = await started();
  const answer = await marie.post(address.replace('?', '/messages?').split('#')[0] ?? '', Buffer.from(body), { 'content-type': type });
  expect(answer.status).toBe(status);
  expect(await world.ctx.db.selectFrom('uploads').selectAll().execute()).toEqual([]);
  expect(await world.ctx.db.selectFrom('messages').select('id').execute()).toHaveLength(1);
});

test('the fields of a form weigh 2 MiB at most, however many they are', async () => {
  const fields = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`champ-${n}`, 'x'.repeat(900_000)]));
  const answer = await marie.post('/connexion/nouvelle', { ...letter(), ...fields });
  expect(answer.status).toBe(413);
  expect((await answer.page()).querySelector('#message-error')?.text).toContain('50');
  expect(await world.ctx.db.selectFrom('conversations').selectAll().execute()).toEqual([]);
});

test('000-07: a file’s address that names no file is a page that does not exist', async () => {
  const address = await started();
  for (const id of ['abc', world.ctx.newId(), '%00']) expect((await marie.get(address.replace('?', `/pieces/${id}?`))).status).toBe(404);
});

test('000-Y3: a session that ended parks fifty forms at most', async () => {
  world.clock.advance(13 * 3600, { sessions: true });
  for (let n = 0; n < 52; n++) {
    world.clock.advance(1);
    await marie.post(`/connexion/${world.ctx.newId()}/messages?persona=${world.marie.personaId}`, { message: `Brouillon ${n}` });
  }
  const kept = await world.ctx.db.selectFrom('drafts').select('saved_at').execute();
  expect(kept).toHaveLength(50);
  const oldest = Math.min(...kept.map((draft) => draft.saved_at.getTime()));
  expect(world.clock.now().getTime() - oldest).toBe(49_000);
});

test('000-52: a document that waited too long, or went with another message, is asked for again: nothing is posted without it', async () => {
  const address = (await started()).replace('?', '/messages?').split('#')[0] ?? '';
  const form = new FormData();
  form.set('message', 'x'.repeat(50_001));
  form.append('fichiers', new File(['contenu'], 'relevé.txt'));
  const kept = (await (await marie.post(address, form)).page()).querySelector('input[name="fichier-recu"]')?.getAttribute('value') ?? '';
  const fields = { message: 'Avec le relevé', 'fichier-recu': kept, cle: world.ctx.newId() };
  expect((await marie.post(address, fields)).status).toBe(303);
  const other = await marie.post(address, { ...fields, cle: world.ctx.newId() });
  expect(other.status).toBe(409);
  expect((await other.page()).querySelector('#fichiers-error')?.text).toContain('Choisissez le document de nouveau');
  expect((await marie.post(address, fields)).status).toBe(303);
  expect(await world.ctx.db.selectFrom('messages').select('id').execute()).toHaveLength(2);
});

test.each([
  ['fr-CA', /rien n’a été envoyé ni gardé/u],
  ['en', /nothing was sent or kept/u],
])('000-Y3: a form sent by somebody who is not signed in any more, nobody knows who, says that nothing was kept (%s)', async (language, sentence) => {
  const stranger = site.browser();
  const answer = await stranger.post('/connexion/nouvelle', letter(), { 'accept-language': language });
  expect(answer.status).toBe(303);
  const page = await (await stranger.get(answer.headers.get('location') ?? '', { 'accept-language': language })).page();
  expect(page.querySelector('.note')?.text).toMatch(sentence);
  expect(await world.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
});

test('000-C1 000-52: a new conversation sent again with the documents it has taken leads to itself', async () => {
  const form = new FormData();
  form.append('fichiers', new File(['contenu'], 'relevé.txt'));
  const kept = (await (await marie.post('/connexion/nouvelle', form)).page()).querySelector('input[name="fichier-recu"]')?.getAttribute('value') ?? '';
  const fields = { ...letter(), 'fichier-recu': kept };
  const [first, second] = [await marie.post('/connexion/nouvelle', fields), await marie.post('/connexion/nouvelle', fields)];
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(await world.ctx.db.selectFrom('conversations').select('id').execute()).toHaveLength(1);
});

describe('with room for 20 bytes of documents', () => {
  const { filesBytes } = conversationLimits;
  beforeEach(() => {
    Object.assign(conversationLimits, { filesBytes: 20 });
    Object.assign(standardPolicy, { filesBytes: 20 });
  });
  afterEach(() => {
    Object.assign(conversationLimits, { filesBytes });
    Object.assign(standardPolicy, { filesBytes });
  });

  test('S-11: what the documents weigh is counted over all of them; those that fit are kept, the one too many is named', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(letter())) form.set(name, value);
    for (const name of ['un.txt', 'deux.txt']) form.append('fichiers', new File(['douze octets'], name));
    const answer = await marie.post('/connexion/nouvelle', form);
    expect(answer.status).toBe(413);
    const page = await answer.page();
    expect(page.querySelectorAll('input[name="fichier-recu"]')).toHaveLength(1);
    expect(page.querySelector('#fichiers-error')?.text).toContain('20');
    expect(await world.ctx.db.selectFrom('conversations').select('id').execute()).toEqual([]);
  });

  test('S-11: documents received with several forms are weighed together before they are posted', async () => {
    const kept = [];
    for (const name of ['un.txt', 'deux.txt']) {
      const form = new FormData();
      form.append('fichiers', new File(['douze octets'], name));
      const page = await (await marie.post('/connexion/nouvelle', form)).page();
      kept.push(page.querySelector('input[name="fichier-recu"]')?.getAttribute('value') ?? '');
    }
    const form = new FormData();
    for (const [name, value] of Object.entries(letter())) form.set(name, value);
    for (const id of kept) form.append('fichier-recu', id);
    expect((await marie.post('/connexion/nouvelle', form)).status).toBe(413);
    expect(await world.ctx.db.selectFrom('conversations').select('id').execute()).toEqual([]);
  });
});
