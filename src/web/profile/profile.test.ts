import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';
import { goodPassword, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let jean: Browser;
let phone: Browser;
let site: TestSite;

beforeEach(async () => {
  world = await makeWorld();
  const { profileId } = await settle(world, 'Jean Dubé', ['jeand@courriel.example', 'jean.dube@atelier.example']);
  site = await makeSite(world);
  jean = await site.browserOf(profileId);
  phone = await site.browserOf(profileId);
});
afterEach(() => world.dispose());

describe('/profil', () => {
  test('S-04: shows one’s name, addresses and sessions', async () => {
    const page = await (await jean.get('/profil')).page();
    expect(page.querySelector('#nom')?.getAttribute('value')).toBe('Jean Dubé');
    expect(page.querySelector('#adresses')?.text).toContain('jean.dube@atelier.example');
    expect(page.querySelectorAll('#sessions li')).toHaveLength(2);
  });

  test('is for those who are signed in', async () => {
    jean.cookies.clear();
    const answer = await jean.get('/profil');
    expect(answer.headers.get('location')).toBe('/ouvrir-une-session?retour=%2Fprofil');
    expect((await jean.post('/profil', { nom: 'Intrus' })).headers.get('location')).toContain('/ouvrir-une-session');
  });

  test('S-16: keeps name, language, zone and appearance, and the next page speaks accordingly', async () => {
    const saved = await jean.post('/profil', { nom: 'Jean D.', langue: 'en', fuseau: 'Europe/Paris', theme: 'dark' });
    expect(saved.headers.get('location')).toBe('/profil');
    const page = await (await jean.get('/profil')).page();
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(page.querySelector('html')?.getAttribute('data-theme')).toBe('dark');
    expect(page.querySelector('h1')?.text).toBe('My profile');
    expect(page.querySelector('#sessions time')?.text).toContain('CET');
    expect(page.querySelector('.toast')?.text).toContain('Your settings are saved.');
  });

  test('one’s appearance follows to a browser one signs in with', async () => {
    await jean.post('/profil', { nom: 'Jean Dubé', langue: '', fuseau: '', theme: 'dark' });
    const other = site.browser();
    await other.post('/ouvrir-une-session', { identifiant: 'jeand@courriel.example' });
    await other.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': goodPassword });
    expect((await (await other.get('/profil')).page()).querySelector('html')?.getAttribute('data-theme')).toBe('dark');
  });

  test('what is out of the list is refused, what was typed is kept', async () => {
    const refused = await jean.post('/profil', { nom: '', langue: 'tlh', fuseau: 'America/Toronto', theme: 'pink' });
    expect(refused.status).toBe(422);
    const page = await refused.page();
    expect(page.querySelector('#nom-error')?.text).toContain('Écrivez votre nom');
    const zone = await jean.post('/profil', { nom: 'Jean', langue: '', fuseau: '../../etc/passwd', theme: 'auto' });
    expect((await zone.page()).querySelector('#fuseau-error')?.text).toContain('Choisissez dans la liste');
  });

  test('changes the password, which closes the other sessions and tells both addresses', async () => {
    const wrong = await jean.post('/profil/mot-de-passe', { actuel: 'faux', nouveau: 'Trois canots verts au quai 9' });
    expect((await wrong.page()).querySelector('#actuel-error')?.text).toContain('n’est pas reconnu');
    const weak = await jean.post('/profil/mot-de-passe', { actuel: goodPassword, nouveau: 'jean.dube-2026-2026' });
    expect((await weak.page()).querySelector('#nouveau-error')?.text).toContain('repose sur votre nom');
    const changed = await jean.post('/profil/mot-de-passe', { actuel: goodPassword, nouveau: 'Trois canots verts au quai 9' });
    expect(changed.headers.get('location')).toBe('/profil');
    expect((await jean.get('/profil')).status).toBe(200);
    expect((await phone.get('/profil')).status).toBe(303);
    expect(await world.mails()).toHaveLength(2);
  });

  test('closes all other sessions', async () => {
    await jean.post('/profil/sessions', {});
    expect((await (await jean.get('/profil')).page()).querySelector('.toast')?.text).toContain('1 autre session est fermée');
    expect((await phone.get('/profil')).status).toBe(303);
  });
});
