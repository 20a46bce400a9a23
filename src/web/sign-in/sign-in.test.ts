import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOrganisation } from '#domain/organisations/api.ts';
import { HasherBusy } from '#platform/hashing/bounded-queue.ts';
import { type Answer, type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';
import { employ, goodPassword, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';

const jean = 'jeand@courriel.example';
const nadia = 'nadia.roy@courriel.example';
let world: World;
let site: TestSite;
let browser: Browser;

beforeEach(async () => {
  world = await makeWorld();
  const support = { phone: '1 819 555-0142', hoursFr: "peu importe le jour et l'heure", hoursEn: 'any day, any hour' };
  await createOrganisation(world.ctx, { slug: 'innovactione', name: 'Innovactione', timeZone: 'America/Toronto', locale: 'fr-CA', support });
  await settle(world, 'Jean Dubé', [jean]);
  site = await makeSite(world);
  browser = site.browser();
});
afterEach(() => world.dispose());

function location(answer: Answer): string {
  return answer.headers.get('location') ?? '';
}

async function continues(identifiant: string, retour = ''): Promise<Answer> {
  return browser.post('/ouvrir-une-session', { identifiant, retour });
}

function choosesCode(): Promise<Answer> {
  return browser.post('/ouvrir-une-session/methode', { methode: 'code', 'mot-de-passe': '' });
}

function givesPassword(password: string): Promise<Answer> {
  return browser.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
}

/** The controls of a page by their accessible names, as a tester finds them. */
async function names(answer: Answer): Promise<string[]> {
  const page = await answer.page();
  const labels = page.querySelectorAll('main label, main button:not([hidden]), main a').map((node) => node.text.trim());
  return labels.map((label) => label.replaceAll(/\s+/g, ' '));
}

describe('the door', () => {
  test('000-13 000-15: offers «Identifiant», «Continuer», «Mot de passe oublié?», «Ouvrir un compte» and the support contact', async () => {
    const answer = await browser.get('/ouvrir-une-session');
    expect(answer.status).toBe(200);
    const page = await (await browser.get('/ouvrir-une-session')).page();
    expect(await names(answer)).toEqual(expect.arrayContaining(['Identifiant', 'Continuer', 'Mot de passe oublié?', 'Ouvrir un compte']));
    expect(page.text).toContain('1 819 555-0142');
  });

  test('000-14 000-16: by password, without JavaScript, one arrives in the inbox', async () => {
    expect(location(await continues(jean))).toBe('/ouvrir-une-session/methode');
    const method = await browser.get('/ouvrir-une-session/methode');
    expect(await names(method)).toEqual(expect.arrayContaining(['Utiliser le mot de passe', 'Recevoir un code par courriel', 'Mot de passe', 'Se connecter']));
    const answer = await givesPassword(goodPassword);
    expect([answer.status, location(answer)]).toEqual([303, '/connexion']);
    const inbox = await browser.get('/connexion');
    expect(inbox.status).toBe(200);
    expect(inbox.headers.get('cache-control')).toBe('no-store');
  });

  test('000-16: by code, the radio chosen and the password left empty', async () => {
    await continues(jean, '/connexion?page=2');
    expect(location(await choosesCode())).toBe('/code');
    const page = await browser.get('/code');
    expect(await names(page)).toEqual(expect.arrayContaining(['Code', "C'est mon appareil", 'Se connecter', 'Renvoyer un code']));
    const answer = await browser.post('/code', { code: await world.lastCode(jean) });
    expect([answer.status, location(answer)]).toEqual([303, '/connexion?page=2']);
  });

  test('S-14: the page of the code shows the address masked and until when the code serves', async () => {
    await continues(jean);
    await choosesCode();
    const page = await (await browser.get('/code')).page();
    expect(page.querySelector('main')?.text).toContain('j•••@courriel.example');
    expect(page.querySelector('main')?.text).not.toContain(jean);
    expect(page.querySelector('#code-hint time')?.getAttribute('datetime')).toContain('15:24:18');
  });

  test('an address that was not asked yet leads back to the first step', async () => {
    for (const path of ['/ouvrir-une-session/methode', '/code', '/ouvrir-un-compte/profil']) {
      expect(location(await browser.get(path))).toBe('/ouvrir-une-session');
    }
    expect(location(await browser.get('/mot-de-passe/nouveau'))).toBe('/mot-de-passe');
  });

  test('speaks English to those who ask', async () => {
    const answer = await browser.get('/ouvrir-une-session', { 'accept-language': 'en' });
    expect(await names(answer)).toEqual(expect.arrayContaining(['Username', 'Continue', 'Create an account']));
  });

  test('000-Y3: after a session that ran out it says that the draft is kept', async () => {
    const page = await (await browser.get('/ouvrir-une-session?fin=1&retour=/connexion/nouvelle')).page();
    expect(page.querySelector('main')?.text).toContain('Votre brouillon est gardé');
    expect(page.querySelector('input[name=retour]')?.getAttribute('value')).toBe('/connexion/nouvelle');
  });
});

describe('known and unknown', () => {
  const varying = ['set-cookie', 'content-length', 'location'];
  const shape = async (answer: Answer, typed: string) => ({
    status: answer.status,
    headers: [...answer.headers].filter(([name]) => !varying.includes(name)),
    cookies: answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '=')),
    location: answer.headers.get('location'),
    text: (await answer.text())
      .replaceAll(typed, '…')
      .replaceAll(`${typed[0]}•••`, '…')
      .replaceAll(typed.split('@')[0] ?? '', '…'),
  });

  test('000-Y3: same text, status and headers at every step of every door', async () => {
    const walk = async (identifiant: string) => {
      browser = site.browser();
      const seen = [await shape(await continues(identifiant), identifiant), await shape(await browser.get('/ouvrir-une-session/methode'), identifiant)];
      for (const password of ['', 'Pas le bon', 'Pas le bon', 'Pas le bon', 'Pas le bon']) seen.push(await shape(await givesPassword(password), identifiant));
      seen.push(await shape(await choosesCode(), identifiant), await shape(await browser.get('/code'), identifiant));
      seen.push(
        await shape(await browser.post('/code', { code: '00000000' }), identifiant),
        await shape(await browser.post('/code/renvoyer', {}), identifiant),
      );
      world.clock.advance(31);
      for (const door of ['/ouvrir-un-compte', '/mot-de-passe']) {
        seen.push(await shape(await browser.post(door, { identifiant }), identifiant), await shape(await browser.get('/code'), identifiant));
        world.clock.advance(31);
      }
      world.clock.set('2015-02-02T20:14:18.000Z');
      return seen;
    };
    expect(await walk('personne@courriel.example')).toEqual(await walk(jean));
  });
});

describe('S-07: a GET', () => {
  test('tries no code and signs nobody in, however often a scanner asks', async () => {
    await continues(jean);
    await choosesCode();
    const code = await world.lastCode(jean);
    for (let visit = 0; visit < 10; visit += 1) {
      for (const path of [`/code?code=${code}`, '/code', '/ouvrir-une-session/methode?mot-de-passe=x', '/deconnexion', '/ouvrir-un-compte'])
        await browser.get(path);
    }
    expect(await world.ctx.db.selectFrom('sessions').select('id').execute()).toEqual([]);
    expect(location(await browser.post('/code', { code }))).toBe('/connexion');
    await browser.get('/deconnexion');
    expect((await browser.get('/connexion')).status).toBe(200);
  });
});

describe('cookies', () => {
  test('S-15: a code’s session goes with the browser; on one’s own device it outlives the session’s 24 hours by a day', async () => {
    const cookieAfterCode = async (fields: Record<string, string>) => {
      browser = site.browser();
      await continues(jean);
      await choosesCode();
      const answer = await browser.post('/code', { code: await world.lastCode(jean), ...fields });
      world.clock.advance(60);
      return answer.headers.getSetCookie().find((line) => line.startsWith('pli-session='));
    };
    expect(await cookieAfterCode({})).not.toMatch(/max-age|expires/i);
    expect(await cookieAfterCode({ appareil: 'on' })).toMatch(/Max-Age=172800;/);
  });

  test('a session’s is HttpOnly and SameSite=Lax, new at each sign-in, whatever was planted before', async () => {
    const planted = 'P'.repeat(43);
    for (const name of ['pli-session', 'pli-demarche', 'pli-appareil']) browser.cookies.set(name, planted);
    await continues(jean);
    expect(browser.cookies.get('pli-demarche')).not.toBe(planted);
    const answer = await givesPassword(goodPassword);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('pli-session='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(browser.cookies.get('pli-session')).not.toBe(planted);
    expect(browser.cookies.has('pli-demarche')).toBe(false);
  });

  test('a garbled one is nobody’s', async () => {
    browser.cookies.set('pli-session', '%00"; drop table sessions');
    expect(location(await browser.get('/connexion'))).toBe('/ouvrir-une-session?retour=%2Fconnexion');
  });
});

describe('a way back', () => {
  test.each(['//exemple.com', '/\\exemple.com', 'https://exemple.com', '/%09/exemple.com', '/%5cexemple.com'])(
    'that leads elsewhere is dropped: %s',
    async (retour) => {
      const page = await (await browser.get(`/ouvrir-une-session?retour=${encodeURIComponent(retour)}`)).page();
      expect(page.querySelector('input[name=retour]')).toBeNull();
      await continues(jean, retour);
      expect(location(await givesPassword(goodPassword))).toBe('/connexion');
    },
  );

  test('000-17 G-1: survives opening an account, forgetting the password and resetting it midway', async () => {
    const retour = '/avis/AbCdEfGhIjKlMnOpQrStUv';
    const forgotten = await (await browser.get(`/ouvrir-une-session?retour=${encodeURIComponent(retour)}`)).page();
    const links = forgotten.querySelectorAll('main a').map((link) => link.getAttribute('href'));
    expect(links).toEqual(
      expect.arrayContaining([`/mot-de-passe?retour=${encodeURIComponent(retour)}`, `/ouvrir-un-compte?retour=${encodeURIComponent(retour)}`]),
    );
    await browser.post('/mot-de-passe', { identifiant: jean, retour });
    expect(location(await browser.post('/code', { code: await world.lastCode(jean) }))).toBe('/mot-de-passe/nouveau');
    const reset = await browser.post('/mot-de-passe/nouveau', { 'mot-de-passe': 'Trois canots verts au quai 9' });
    expect(location(reset)).toBe(`/ouvrir-une-session?retour=${encodeURIComponent(retour)}`);
    expect((await browser.get('/connexion')).status).toBe(303);
    await continues(jean, retour);
    expect(location(await givesPassword('Trois canots verts au quai 9'))).toBe(retour);
  });
});

describe('an account', () => {
  test('000-15 000-16: is opened with an address, a code, a name', async () => {
    expect(await names(await browser.get('/ouvrir-un-compte'))).toEqual(expect.arrayContaining(['Identifiant', 'Continuer']));
    await browser.post('/ouvrir-un-compte', { identifiant: nadia });
    expect(location(await browser.post('/code', { code: await world.lastCode(nadia) }))).toBe('/ouvrir-un-compte/profil');
    const page = await browser.get('/ouvrir-un-compte/profil');
    expect(await names(page)).toEqual(expect.arrayContaining(['Votre nom', 'Mot de passe', 'Continuer']));
    const unnamed = await browser.post('/ouvrir-un-compte/profil', { nom: ' ', 'mot-de-passe': '' });
    expect(unnamed.status).toBe(422);
    expect((await unnamed.page()).querySelector('#nom-error')?.text).toContain('Écrivez votre nom');
    expect(location(await browser.post('/ouvrir-un-compte/profil', { nom: 'Nadia Roy', 'mot-de-passe': '' }))).toBe('/connexion');
    expect((await browser.get('/connexion')).status).toBe(200);
  });

  test('what was typed comes back after a refusal, except the password', async () => {
    await browser.post('/ouvrir-un-compte', { identifiant: nadia });
    await browser.post('/code', { code: await world.lastCode(nadia) });
    const refused = await browser.post('/ouvrir-un-compte/profil', { nom: 'Nadia "Roy" <b>', 'mot-de-passe': 'motdepasse12345' });
    const page = await refused.page();
    expect(page.querySelector('#nom')?.getAttribute('value')).toBe('Nadia "Roy" <b>');
    expect(page.toString()).not.toContain('motdepasse12345');
    expect(page.querySelector('#mot-de-passe-error')?.text).toContain('courant');
  });

  test('sent twice, the form opens one account and the second finds itself signed in', async () => {
    await browser.post('/ouvrir-un-compte', { identifiant: nadia });
    await browser.post('/code', { code: await world.lastCode(nadia) });
    const flow = browser.cookies.get('pli-demarche') ?? '';
    await browser.post('/ouvrir-un-compte/profil', { nom: 'Nadia Roy', 'mot-de-passe': '' });
    browser.cookies.set('pli-demarche', flow);
    expect(location(await browser.post('/ouvrir-un-compte/profil', { nom: 'Nadia Roy', 'mot-de-passe': '' }))).toBe('/connexion');
  });
});

describe('a code', () => {
  beforeEach(async () => {
    await continues(jean);
    await choosesCode();
  });

  test('S-14: wrong, says how many tries are left', async () => {
    const answer = await browser.post('/code', { code: '00000000' });
    expect(answer.status).toBe(401);
    expect((await answer.page()).querySelector('#code-error')?.text).toContain('Il reste 4 essais');
  });

  test('S-14: expired, says since when and how to get another', async () => {
    world.clock.advance(600);
    const answer = await browser.post('/code', { code: await world.lastCode(jean) });
    expect(answer.status).toBe(410);
    expect((await answer.page()).querySelector('main')?.text).toMatch(/n’est plus valable depuis\s15:24/);
    expect(location(await browser.post('/code/renvoyer', {}))).toBe('/code');
  });

  test('S-14: sent again too soon, says the wait in words and to programs', async () => {
    const answer = await browser.post('/code/renvoyer', {});
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await answer.page()).querySelector('main')?.text).toContain('30 secondes');
  });

  test('S-14: sent again, says so once', async () => {
    world.clock.advance(30);
    await browser.post('/code/renvoyer', {});
    expect((await (await browser.get('/code')).page()).querySelector('main')?.text).toContain('Un nouveau code est parti');
    expect((await (await browser.get('/code')).page()).querySelector('main')?.text).not.toContain('Un nouveau code est parti');
  });

  test('asked for again from the first step within 30 s, one goes on with the code one has', async () => {
    await continues(jean);
    expect(location(await choosesCode())).toBe('/code');
    expect(await world.mails(jean)).toHaveLength(1);
    expect(location(await browser.post('/code', { code: await world.lastCode(jean) }))).toBe('/connexion');
  });
});

describe('unreadable text', () => {
  test.each([
    ['/ouvrir-une-session', { identifiant: 'jean\0@courriel.example' }, 422],
    ['/ouvrir-un-compte', { identifiant: '\0' }, 422],
    ['/mot-de-passe', { identifiant: 'jean\0@courriel.example' }, 422],
  ])('a NUL byte at %s gets a sentence', async (path, fields, status) => {
    const answer = await browser.post(path, fields);
    expect(answer.status).toBe(status);
    expect((await answer.page()).querySelector('.err')?.text).toMatch(/illisible/);
  });

  test('a form of 10 MB gets an answer', async () => {
    expect((await browser.post('/ouvrir-une-session', { identifiant: 'a'.repeat(10_000_000) })).status).toBe(413);
  });

  test('a file in the place of a text is nothing', async () => {
    const form = new FormData();
    form.set('identifiant', new Blob(['x']), 'x.txt');
    expect((await browser.post('/ouvrir-une-session', form)).status).toBe(422);
  });
});

test('a collaborator’s code leads to the password, then in', async () => {
  const paul = await settle(world, 'Paul Tremblay', ['paul.tremblay@innovactione.example']);
  const [organisation] = await world.ctx.db.selectFrom('organisations').select('id').execute();
  await employ(world, organisation?.id ?? '', paul.personaId);
  await continues('paul.tremblay@innovactione.example');
  await choosesCode();
  const answer = await browser.post('/code', { code: await world.lastCode('paul.tremblay@innovactione.example') });
  expect(location(answer)).toBe('/ouvrir-une-session/methode');
  const page = await browser.get('/ouvrir-une-session/methode');
  expect(await names(page)).not.toContain('Recevoir un code par courriel');
  expect(location(await givesPassword(goodPassword))).toBe('/connexion');
});

test('while the hasher is too busy, 503 says when to come back, and other pages answer', async () => {
  const hasher = { ...world.ctx.hasher, verify: () => Promise.reject(new HasherBusy(3)) };
  site = await makeSite({ ...world, ctx: { ...world.ctx, hasher } });
  browser = site.browser();
  await continues(jean);
  const answer = await givesPassword(goodPassword);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
  expect((await answer.page()).querySelector('.err')?.text).toContain('Réessayez dans 3 secondes');
  expect((await browser.get('/ouvrir-une-session')).status).toBe(200);
});

test('«Déconnexion» ends the session and says so', async () => {
  await continues(jean);
  await givesPassword(goodPassword);
  const token = browser.cookies.get('pli-session') ?? '';
  const answer = await browser.post('/deconnexion', {});
  expect([answer.status, location(answer)]).toEqual([303, '/']);
  browser.cookies.set('pli-session', token);
  expect(location(await browser.get('/connexion'))).toContain('/ouvrir-une-session');
});
