import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

const bureau = 'jean.bureau@atelier.example';
let world: Innovactione;
let site: TestSite;
let jean: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  jean = await site.browserOf(world.jean.profileId);
});
afterEach(() => world.dispose());

async function textOf(browser: Browser, path: string) {
  return (await (await browser.get(path)).page()).querySelector('main')?.text ?? '';
}

async function noticeTo(address: string): Promise<string> {
  await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [address] });
  await world.runJobs();
  const { text } = await world.ctx.db
    .selectFrom('outgoing_mails')
    .select('body_text as text')
    .where('recipient', '=', address)
    .where('kind', '=', 'notice')
    .executeTakeFirstOrThrow();
  return /\/avis\/[\w-]{22}/.exec(text ?? '')?.[0] ?? '';
}

describe('/profil/adresses', () => {
  test.each([
    ['fr-CA', 'Mes adresses', 'Un code à usage unique vient de partir vers', 'est jointe à votre profil'],
    ['en', 'My addresses', 'A single-use code was just sent to', 'has joined your profile'],
  ])('000-19 000-Y1: an address, its code, and a tab more (%s)', async (language, title, sent, joined) => {
    await jean.get(`/profil?lang=${language}`);
    expect(await textOf(jean, '/profil/adresses')).toContain(title);
    const asked = await jean.post('/profil/adresses', { adresse: bureau });
    expect(asked.headers.get('location')).toBe('/profil/adresses/code');
    expect(await textOf(jean, '/profil/adresses/code')).toContain(sent);
    // S-07: looking at the page tries nothing.
    const confirmed = await jean.post('/profil/adresses/code', { code: await world.lastCode(bureau) });
    expect(confirmed.headers.get('location')).toBe('/profil/adresses');
    const page = await (await jean.get('/profil/adresses')).page();
    expect(page.querySelector('.toast')?.text).toContain(joined);
    expect(page.querySelectorAll('nav.side ul.sub a').map((tab) => tab.text.trim())).toContain(bureau);
  });

  test.each([
    ['fr-CA', 'appartient à un autre profil. Rien n’est changé'],
    ['en', 'belongs to another profile. Nothing has changed'],
  ])('000-Y1: what to do about another profile’s address, said once it is proven and not before (%s)', async (language, sentence) => {
    await jean.get(`/profil?lang=${language}`);
    const free = await jean.post('/profil/adresses', { adresse: 'personne@ailleurs.example' });
    const freePage = await textOf(jean, '/profil/adresses/code');
    const taken = await jean.post('/profil/adresses', { adresse: world.paul.address });
    expect([taken.status, taken.headers.get('location')]).toEqual([free.status, free.headers.get('location')]);
    expect((await textOf(jean, '/profil/adresses/code')).replace(world.paul.address, '')).toBe(freePage.replace('personne@ailleurs.example', ''));
    const proven = await jean.post('/profil/adresses/code', { code: await world.lastCode(world.paul.address) });
    expect(proven.status).toBe(409);
    expect((await proven.page()).querySelector('[role=alert]')?.text.replaceAll("'", '’').replaceAll(/\s/g, ' ')).toContain(sentence);
  });

  test('000-Y1: a wrong code, a missing one, a second one too soon: the page again, with the sentence', async () => {
    await jean.post('/profil/adresses', { adresse: bureau });
    expect((await jean.post('/profil/adresses/code', { code: '12' })).status).toBe(422);
    const code = await world.lastCode(bureau);
    const wrong = await jean.post('/profil/adresses/code', { code: code === '00000000' ? '11111111' : '00000000' });
    expect(wrong.status).toBe(401);
    expect((await wrong.page()).querySelector('#code-error')?.text).toContain('Il reste 4 essais');
    const soon = await jean.post('/profil/adresses/code/renvoyer', {});
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '30']);
    world.clock.advance(31);
    expect((await jean.post('/profil/adresses/code/renvoyer', {})).headers.get('location')).toBe('/profil/adresses/code');
    expect((await jean.post('/profil/adresses/code', { code: await world.lastCode(bureau) })).status).toBe(303);
  });

  test('000-Y1: without an address asked for there is no code to type', async () => {
    expect((await jean.get('/profil/adresses/code')).headers.get('location')).toBe('/profil/adresses');
    expect((await jean.post('/profil/adresses/code', { code: '12345678' })).status).toBe(409);
    expect((await jean.post('/profil/adresses', { adresse: 'jean' })).status).toBe(422);
  });

  test('000-23: each address says what waits there', async () => {
    await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: ['jean.dube@atelier.example'] });
    expect(await textOf(jean, '/profil/adresses')).toContain('1 message non lu');
  });

  test('000-Y1: removing asks first, then does it, once; the last one cannot go; somebody else’s is nothing', async () => {
    const href = `/profil/adresses/${world.jeanAtelier}/retirer`;
    expect(await textOf(jean, href)).toContain('Ses conversations la suivent');
    expect((await jean.post(href, {})).headers.get('location')).toBe('/profil/adresses');
    expect((await jean.post(href, {})).headers.get('location')).toBe('/profil/adresses');
    const left = await textOf(jean, '/profil/adresses');
    expect(left).toContain('votre seule adresse');
    expect((await jean.get(href)).status).toBe(404);
    expect((await jean.get(`/profil/adresses/${world.paul.personaId}/retirer`)).status).toBe(404);
    expect((await jean.post(`/profil/adresses/${world.jean.personaId}/retirer`, {})).status).toBe(409);
  });

  test('000-Y1: an address with a role joins, and one signs in again', async () => {
    await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [bureau] });
    const persona = await world.ctx.db.selectFrom('personas').select('id').where('address', '=', bureau).executeTakeFirstOrThrow();
    const { id } = persona;
    await world.ctx.db
      .insertInto('memberships')
      .values({ organisation_id: world.organisationId, id: world.ctx.newId(), persona_id: id, role: 'collaborator', created_at: world.ctx.now() })
      .execute();
    await jean.post('/profil/adresses', { adresse: bureau });
    const joined = await jean.post('/profil/adresses/code', { code: await world.lastCode(bureau) });
    expect(joined.headers.get('location')).toBe('/ouvrir-une-session?retour=%2Fprofil%2Fadresses');
    expect(await textOf(jean, '/ouvrir-une-session')).toContain('Identifiant');
  });

  test('is for those who are signed in', async () => {
    jean.cookies.clear();
    for (const path of ['/profil/adresses', '/profil/adresses/code']) {
      expect((await jean.get(path)).headers.get('location')).toContain('/ouvrir-une-session');
      expect((await jean.post(path, { adresse: bureau, code: '12345678' })).headers.get('location')).toContain('/ouvrir-une-session');
    }
    expect(await world.mails()).toHaveLength(0);
  });
});

describe('a notice that was sent to another address', () => {
  test.each([
    ['fr-CA', 'Ce message est destiné à j•••@atelier.example', 'Vous êtes connecté avec une autre adresse.', 'Changer d’adresse'],
    ['en', 'This message is meant for j•••@atelier.example', 'You are signed in with another address.', 'Change address'],
  ])('000-Y3 S-08: whose it is, masked, and two ways to it (%s)', async (language, whose, other, change) => {
    const link = await noticeTo(bureau);
    await jean.get(`/profil?lang=${language}`);
    const page = await (await jean.get(link)).page();
    const text = (page.querySelector('main')?.text ?? '').replaceAll("'", '’');
    for (const sentence of [whose, other, change]) expect(text).toContain(sentence);
    expect(page.querySelectorAll('main form').map((form) => form.getAttribute('action'))).toEqual([
      '/profil/adresses',
      `/deconnexion?retour=${encodeURIComponent(link)}`,
    ]);
  });

  test('000-Y3 000-Y1: its owner joins the address and is back at the message', async () => {
    const link = await noticeTo(bureau);
    const asked = await jean.post('/profil/adresses', { adresse: bureau, retour: link });
    expect(asked.headers.get('location')).toBe('/profil/adresses/code');
    const joined = await jean.post('/profil/adresses/code', { code: await world.lastCode(bureau) });
    expect(joined.headers.get('location')).toBe(link);
    expect((await jean.get(link)).headers.get('location')).toMatch(/^\/connexion\/.*#message-/);
  });

  test('000-Y3: whoever got it by forward learns nothing more, whatever address they try', async () => {
    const link = await noticeTo(bureau);
    const page = async () => (await (await jean.get(link)).page()).querySelector('main')?.toString() ?? '';
    const before = await page();
    expect(before).not.toContain('jean.bureau');
    expect(before).not.toContain('marie.unetelle');
    expect(before).not.toContain('Relevé');
    await jean.post('/profil/adresses', { adresse: 'devine@courriel.example', retour: link });
    await jean.post('/profil/adresses/code', { code: await world.lastCode('devine@courriel.example') });
    // The first page says that the other address has joined, once.
    await page();
    expect(await page()).toBe(before);
  });
});
