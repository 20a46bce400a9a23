import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let jean: Browser;
let conversationId: string;
let page: string;
let save: string;
const script = { accept: 'application/json' };
const languages = ['fr-CA', 'en'] as const;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  jean = await site.browserOf(world.jean.profileId);
  page = `/connexion/${conversationId}?persona=${world.jean.personaId}`;
  save = page.replace('?', '/brouillon?');
});
afterEach(() => world.dispose());

const words = (message: string, more: Record<string, string> = {}) => ({ message, cle: world.ctx.newId(), brouillon: '0', ...more });
const open = async (browser: Browser, path = page, language = 'fr-CA') => (await browser.get(path, { 'accept-language': language })).page();
const read = async (answer: Response): Promise<unknown> => answer.json();
const plain = (text = '') => text.replaceAll('\u00a0', ' ').replaceAll(/\s+/gu, ' ');

describe('a draft saved while typing', () => {
  test.each([
    ['fr-CA', 'Brouillon enregistré à 15:14', 'Voici votre brouillon, enregistré le 02 févr., 2015 – 15:14:18 HNE. Il est gardé 30 jours.'],
    ['en', 'Draft saved at 15:14', 'Here is your draft, saved on Feb 02, 2015 – 15:14:18 EST. It is kept for 30 days.'],
  ])('is answered with its hour, and found on another device with it (%s)', async (language, line, found) => {
    const saved = await jean.post(save, words('Bonjour Marie'), { ...script, 'accept-language': language });
    expect([saved.status, saved.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await read(saved)).toEqual({ version: 1, apart: false, text: line });
    const elsewhere = await open(await site.browserOf(world.jean.profileId), page, language);
    expect(elsewhere.querySelector('#message')?.text).toContain('Bonjour Marie');
    expect(elsewhere.querySelector('details.compose')?.hasAttribute('open')).toBe(true);
    expect(elsewhere.querySelector('input[name=brouillon]')?.getAttribute('value')).toBe('1');
    expect(plain(elsewhere.querySelector('.compose .note')?.text)).toContain(found);
    expect(elsewhere.querySelector('[data-discard-draft]')?.hasAttribute('hidden')).toBe(false);
  });

  test('keeps every field of the form, as it is, and not what makes the form one message', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const fields = {
      ...words('Texte'),
      titulaire: world.marie.personaId,
      titre: 'Relevé',
      participants: 'jeand@courriel.example',
      'message-riche': '<b>Texte</b>',
      expire: '2015-03-01',
    };
    expect((await marie.post('/connexion/nouvelle/brouillon', fields, script)).status).toBe(200);
    const back = await open(await site.browserOf(world.marie.profileId), '/connexion/nouvelle');
    expect(back.querySelector('#titre')?.getAttribute('value')).toBe('Relevé');
    expect(back.querySelector('#participants')?.text).toContain('jeand@courriel.example');
    expect(back.querySelector('#expire')?.getAttribute('value')).toBe('2015-03-01');
    expect(back.querySelector('input[name=cle]')?.getAttribute('value')).not.toBe(fields.cle);
    const list = await open(await site.browserOf(world.marie.profileId), '/connexion');
    expect(plain(list.querySelector('main')?.text)).toContain('Brouillon en cours : reprendre la nouvelle conversation');
  });

  test('marks its conversation in the list, for its author and its persona alone', async () => {
    const tags = async (path: string, browser = jean) => (await open(browser, path)).querySelectorAll('.tag').map((tag) => tag.text.trim());
    expect(await tags('/connexion')).not.toContain('Brouillon');
    await jean.post(save, words('Bonjour'), script);
    expect(await tags('/connexion')).toContain('Brouillon');
    expect(await tags(`/connexion?persona=${world.jeanAtelier}`)).not.toContain('Brouillon');
    expect(await tags('/connexion', await site.browserOf(world.marie.profileId))).not.toContain('Brouillon');
  });

  test('000-07: is refused to strangers, from another site, and where nothing can be posted any more, with the reason', async () => {
    const paul = await site.browserOf(world.paul.profileId);
    expect((await paul.post(save, words('Rien'), script)).status).toBe(404);
    expect((await jean.post(save.replace(world.jean.personaId, world.jeanAtelier), words('Rien'), script)).status).toBe(404);
    expect((await jean.post('/connexion/nouvelle/brouillon', words('Rien'), script)).status).toBe(403);
    expect((await jean.post(save, words('Rien'), { ...script, 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' })).status).toBe(403);
    const marie = await site.browserOf(world.marie.profileId);
    const others = words('Sous un autre nom', { titulaire: world.paul.personaId });
    expect((await marie.post('/connexion/nouvelle/brouillon', others, script)).status).toBe(403);
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.marie.personaId, role: 'collaborator', status: 'suspended' });
    for (const [language, reason] of [
      ['fr-CA', /n’est plus actif/u],
      ['en', /no longer active/u],
    ] as const) {
      const answer = await jean.post(save, words('Rien'), { ...script, 'accept-language': language });
      expect(answer.status).toBe(403);
      expect(await read(answer)).toMatchObject({ text: expect.stringMatching(reason) });
    }
    expect(await world.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  });

  test('costs the pages of somebody who has none no query', async () => {
    const statements: string[] = [];
    const { db } = world.ctx;
    const counted = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => result,
    });
    world.ctx.db = counted;
    const executor = counted.getExecutor();
    const original = executor.executeQuery.bind(executor);
    executor.executeQuery = (query) => {
      statements.push(query.sql);
      return original(query);
    };
    await open(jean);
    expect(statements.length).toBeGreaterThan(3);
    expect(statements.filter((sql) => /from drafts\s+where/u.test(sql))).toEqual([]);
  });
});

describe('two pages on the same draft', () => {
  test.each(languages)('the later is told and nothing is lost; the page offers both and taking one keeps the other (%s)', async (language) => {
    const headers = { 'accept-language': language };
    const [desk, phone] = [words('Au bureau'), words('Au téléphone')];
    await jean.post(save, desk, { ...script, ...headers });
    expect(await read(await jean.post(save, phone, { ...script, ...headers }))).toMatchObject({ version: 1, apart: true });
    const both = await open(jean, page, language);
    expect(both.querySelector('#message')?.text).toContain('Au bureau');
    const note = both.querySelector('.compose .note--warn');
    expect(note?.querySelector('.said')?.text).toBe('Au téléphone');
    expect(plain(note?.text)).toMatch(language === 'en' ? /changed elsewhere\. Another version/u : /modifié ailleurs\. Une autre version/u);
    const action = note?.querySelector('form')?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '';
    const version = note?.querySelector('input[name=version]')?.getAttribute('value') ?? '';
    expect((await jean.post(action, { version, choix: 'prendre' }, headers)).status).toBe(303);
    const taken = await open(jean, page, language);
    expect(taken.querySelector('#message')?.text).toContain('Au téléphone');
    expect(taken.querySelector('.compose .note--warn .said')?.text).toBe('Au bureau');
    const other = taken.querySelector('.compose .note--warn input[name=version]')?.getAttribute('value') ?? '';
    expect((await jean.post(action, { version: other, choix: 'supprimer' }, headers)).status).toBe(303);
    expect((await open(jean, page, language)).querySelector('.compose .note--warn .said')).toBeNull();
  });
});

describe('without scripts', () => {
  test.each([
    ['fr-CA', 'Garder comme brouillon', 'Votre brouillon est gardé 30 jours.', 'Le brouillon est supprimé.'],
    ['en', 'Save as draft', 'Your draft is kept for 30 days.', 'The draft is deleted.'],
  ])('a button keeps it with its documents, another throws it away once confirmed (%s)', async (language, label, kept, gone) => {
    const headers = { 'accept-language': language };
    const empty = await open(jean, page, language);
    const button = empty.querySelector('.compose button[formaction]');
    expect(button?.text.trim()).toBe(label);
    expect(empty.querySelector('[data-discard-draft]')?.hasAttribute('hidden')).toBe(true);
    const form = new FormData();
    for (const [name, value] of Object.entries(words('Bonjour'))) form.set(name, value);
    form.append('fichiers', new File(['contenu'], 'relevé.pdf'));
    const answer = await jean.post(button?.getAttribute('formaction')?.replaceAll('&amp;', '&') ?? '', form, headers);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    const back = await open(jean, page, language);
    expect(plain(back.querySelector('.toast')?.text)).toContain(kept);
    expect(back.querySelector('#message')?.text).toContain('Bonjour');
    expect(back.querySelector('input[name="fichier-recu"]')?.getAttribute('data-name')).toBe('relevé.pdf');
    const discard = back.querySelector('[data-discard-draft] form')?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '';
    expect((await (await site.browserOf(world.marie.profileId)).post(discard, {}, headers)).status).toBe(404);
    expect((await jean.post(discard, {}, headers)).status).toBe(303);
    const after = await open(jean, page, language);
    expect(plain(after.querySelector('.toast')?.text)).toContain(gone);
    expect(after.querySelector('#message')?.text.trim()).toBe('');
    expect(await world.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  });

  test('a document that cannot be kept is named, and the page gives the rest back', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(words('Bonjour'))) form.set(name, value);
    form.append('fichiers', new File(['x'], `${'n'.repeat(300)}.txt`));
    const answer = await jean.post(save, form);
    expect(answer.status).toBe(422);
    const again = await answer.page();
    expect(again.querySelector('#fichiers-error')?.text).toContain('son nom dépasse 255 caractères');
    expect(again.querySelector('#message')?.text).toContain('Bonjour');
  });

  test.each([
    ['fr-CA', /trop long pour être gardé/u],
    ['en', /too long to be kept/u],
  ])('what cannot be kept comes back on the page with the reason (%s)', async (language, reason) => {
    const answer = await jean.post(save, words('é'.repeat(400_000), { 'message-riche': 'x'.repeat(900_000) }), { 'accept-language': language });
    expect(answer.status).toBe(413);
    const again = await answer.page();
    expect(again.querySelector('#message-error')?.text).toMatch(reason);
    expect(again.querySelector('#message')?.text.length).toBeGreaterThan(400_000);
  });
});

describe('once the session has ended', () => {
  test.each([
    ['fr-CA', 'Votre session s’est fermée. Votre brouillon est gardé. Reconnectez-vous pour continuer.'],
    ['en', 'Your session has ended. Your draft is kept. Sign in again to continue.'],
  ])('000-Y3: what the script saves is kept for whoever’s session it was, and found after signing in again (%s)', async (language, sentence) => {
    world.clock.advance(31 * 24 * 3600, { sessions: true });
    const lost = await site.browser().post(save, words('Personne'), { ...script, 'accept-language': language });
    expect(lost.status).toBe(401);
    expect(await read(lost)).toMatchObject({ kept: false });
    world.clock.advance(-31 * 24 * 3600, { sessions: true });
    world.clock.advance(30 * 24 * 3600, { sessions: true });
    const answer = await jean.post(save, words('Trop tard'), { ...script, 'accept-language': language });
    expect(answer.status).toBe(401);
    expect(await read(answer)).toEqual({ kept: true, text: sentence });
    const back = await open(await site.browserOf(world.jean.profileId));
    expect(back.querySelector('#message')?.text).toContain('Trop tard');
    expect(back.querySelector('.compose .note')?.text).toContain('Votre session s’était fermée.');
  });

  test('000-Y3: without scripts the button keeps it too, and leads to the sign-in page and back', async () => {
    world.clock.advance(30 * 24 * 3600, { sessions: true });
    const answer = await jean.post(save, words('Trop tard'));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/ouvrir-une-session?retour=${encodeURIComponent(page)}&fin=1`);
    expect((await jean.post(page.replace('?', '/brouillon/supprimer?'), {})).headers.get('location')).toContain('/ouvrir-une-session');
    expect((await open(await site.browserOf(world.jean.profileId))).querySelector('#message')?.text).toContain('Trop tard');
  });
});

test.each([
  ['urlencoded', 'fr-CA', 'x'.repeat(10 * 1024 * 1024), /dépasse de loin la limite de 50 000 caractères : rien n’est envoyé/u],
  // Of two bytes each: the cut may fall in the middle of one.
  ['multipart', 'en', `x${'é'.repeat(5 * 1024 * 1024)}`, /far beyond the limit of 50,000 characters: nothing is sent/u],
] as const)(
  '000-Y3: a form of 10 MB of text, %s, is refused with a sentence, loses nothing that was saved, and Pli lives on (%s)',
  async (...of) => {
    const [kind, language, huge, sentence] = of;
    await jean.post(save, words('Avant'), script);
    const form = new FormData();
    for (const [name, value] of Object.entries(words(huge))) form.set(name, value);
    const body = kind === 'multipart' ? form : words(huge);
    const answer = await jean.post(page.replace('?', '/messages?'), body, { 'accept-language': language });
    expect(answer.status).toBe(413);
    expect(plain(/id="message-error".{0,1000}/su.exec(await answer.text())?.[0])).toMatch(sentence);
    expect((await jean.post(save, body, script)).status).toBe(413);
    expect((await open(jean)).querySelector('#message')?.text).toContain('Avant');
  },
  60_000,
);
