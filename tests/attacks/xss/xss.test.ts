import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { Browser as Chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { addPeople, postMessage } from '#domain/conversations/api.ts';
import { listKeptMails } from '#domain/notices/api.ts';
import { createOrganisation } from '#domain/organisations/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { type Listening, listen } from '#platform/http/listen.ts';
import { conversationLimits, richTextField } from '#shared/conversations.ts';
import { nameFault } from '#shared/people.ts';
import { readPolicy } from '#shared/read-policy.ts';
import { launchChromium } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../support/people.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { makeSite, type TestSite } from '../../support/site.ts';
import { corpus, corpusOfAddresses, packs } from './corpus.ts';
import { type Watched, watchedPage } from './watched-pages.ts';

const naughty: string[] = createRequire(import.meta.url)('big-list-of-naughty-strings');
const everything = [...corpus, ...naughty.filter((text) => text.trim() !== '')];

let chromium: Chromium;
let world: Innovactione;
let site: TestSite;
let server: Listening;
let watched: Watched[];
/** What becomes of an answer on its way: nothing, but where a test weakens it. */
let onItsWay: (answer: Response) => Promise<Response> | Response;

beforeAll(async () => {
  if (chromiumPath) chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
});
beforeEach(async () => {
  watched = [];
  onItsWay = (answer) => answer;
  world = await makeInnovactione();
  site = await makeSite(world);
  const fetch = async (request: Request, env: object) => onItsWay(await site.fetch(request, env));
  server = await listen({ host: '127.0.0.1', port: 0, fetch, log: quietLog });
});
afterEach(async () => {
  for (const { context } of watched) await context.close();
  site.streams.close();
  await server.close();
  await world.dispose();
});

async function browses(person?: Person): Promise<Watched> {
  const baseURL = `http://127.0.0.1:${server.port}`;
  const context = await chromium.newContext({ baseURL, locale: 'fr-CA' });
  if (person) {
    const { cookies } = await site.browserOf(person.profileId);
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: baseURL })));
  }
  const page = await watchedPage(context);
  watched.push(page);
  return page;
}

const paragraph = (text: string, marks: object[] = []) => ({ type: 'paragraph', content: [{ type: 'text', text, marks }] });
const tree = (strings: readonly string[]) => ({ type: 'doc', content: strings.map((text) => paragraph(text, [{ type: 'bold' }])) });

/** A conversation of Marie's with Jean in which everything was written everywhere. */
async function hostileConversation(title: string): Promise<string> {
  const asMarie = await world.as(world.marie.profileId);
  const id = await converse(asMarie, world.marie.personaId, { title, message: everything.join('\n\n').slice(0, conversationLimits.message) });
  const marie = await site.browserOf(world.marie.profileId);
  const place = `/connexion/${id}/messages?persona=${world.marie.personaId}`;
  const posted = await marie.post(place, { message: '', [richTextField]: JSON.stringify(tree(corpus)), cle: world.ctx.newId() });
  expect(posted.status).toBe(303);
  const uploadIds: string[] = [];
  for (const name of corpus.slice(0, conversationLimits.files)) {
    const file = {
      profileId: world.marie.profileId,
      name,
      mediaType: 'text/html',
      source: Readable.from([Buffer.from('<script>alert(1)</script>')]),
      limit: 100,
    };
    const received = await receiveFile(world.ctx, file);
    if (received.ok) uploadIds.push(received.value.uploadId);
  }
  done(await postMessage(asMarie, { conversationId: id, personaId: world.marie.personaId, message: 'Les documents.', uploadIds, postKey: world.ctx.newId() }));
  await people(id);
  return id;
}

/** Participants with names and addresses out of the corpus. */
async function people(conversationId: string): Promise<void> {
  const asMarie = await world.as(world.marie.profileId);
  const addresses: string[] = [...corpusOfAddresses];
  for (const [n, displayName] of corpus.filter((name) => nameFault(name) === undefined).entries()) {
    const address = `lecteur.${n}@ailleurs.example`;
    done(await createProfile(world.ctx, { displayName, addresses: [address] }));
    addresses.push(address);
  }
  done(await addPeople(asMarie, { conversationId, personaId: world.marie.personaId, addresses: addresses.slice(0, 90), role: 'participant', past: true }));
}

const query = (text: string) => encodeURIComponent(text);

describe.skipIf(!chromiumPath)('in Chromium, nothing runs of what somebody wrote', () => {
  test('000-24 000-54 000-49 S-10: in titles, messages plain and formatted, names of files and of people, on every page that shows them', async () => {
    const titles = packs(corpus, conversationLimits.title);
    const [first = ''] = titles;
    const id = await hostileConversation(first);
    const asMarie = await world.as(world.marie.profileId);
    for (const title of titles.slice(1)) await converse(asMarie, world.marie.personaId, { title });
    const marie = await browses(world.marie);
    const persona = `persona=${world.marie.personaId}`;
    const jean = await browses(world.jean);
    await jean.visit(`/connexion/${id}?persona=${world.jean.personaId}`);
    for (const sealed of await jean.page.getByRole('button', { name: 'Ouvrir' }).all()) await sealed.click().catch(() => undefined); // the page merges under it
    const pages = ['', '/activites', '/gestion', '/quitter'].map((page) => `/connexion/${id}${page}?${persona}`);
    for (const path of ['/connexion?taille=30', ...pages, '/connexion/nouvelle']) await marie.visit(path);
    const others = await world.ctx.db.selectFrom('participations').select('persona_id').where('conversation_id', '=', id).limit(2).execute();
    for (const { persona_id } of others) await marie.visit(`/connexion/${id}/gestion/personnes/${persona_id}?${persona}`);
    for (const path of ['/connexion?taille=30', '/profil/avis']) await jean.visit(path);
    expect([...marie.fired, ...jean.fired]).toEqual([]);
    expect(await marie.page.locator('body').innerText()).not.toBe('');
  }, 120_000);

  test('000-A1 000-A3: in the words of an organisation, its people, its journal, and the mails it sends', async () => {
    const alain = await site.browserOf(world.alain.profileId);
    await createOrganisation(world.ctx, { slug: 'tilleuls', name: packs(corpus, 100)[0] ?? '', timeZone: 'Europe/Paris', locale: 'fr-FR' });
    const base = { 'expiration-min': '1', 'expiration-max': '366', taille: '1024', 'langue-fr-CA': 'on', couleurs: 'pli', activites: 'tous' };
    const page = await browses(world.alain);
    let version = 0;
    const fits = (fields: Record<string, string>) => readPolicy({ ...base, ...fields }).ok;
    for (const text of packs(corpus, 60)) {
      const fields = Object.fromEntries(
        ['phrase-fr', 'heures-fr', 'heures-en', 'telephone'].filter((name) => fits({ [name]: text })).map((name) => [name, text]),
      );
      const saved = await alain.post('/administration/innovactione/politique', { ...base, ...fields, version: String(version) });
      expect(saved.status).toBe(303);
      version += 1;
    }
    for (const [n, name] of corpus
      .filter((one) => nameFault(one) === undefined)
      .slice(0, 30)
      .entries()) {
      await alain.post('/administration/innovactione/collaborateurs', { nom: name, adresse: `embauche.${n}@innovactione.example`, 'role-collaborator': 'on' });
    }
    await alain.post('/profil', { nom: '"><img src=x onerror=alert(1)>', langue: '', fuseau: '', theme: 'auto' });
    await converse(await world.as(world.marie.profileId), world.marie.personaId);
    await world.runJobs();
    const [mail] = await listKeptMails(world.ctx, { to: world.jean.address, limit: 1 });
    for (const path of ['', '/collaborateurs', '/politique', '/journal']) await page.visit(`/administration/innovactione${path}`);
    for (const path of ['/demo/courrier', `/demo/courrier/${mail?.id}/html`, '/', '/aide', '/confidentialite', '/ouvrir-une-session']) await page.visit(path);
    expect(page.fired).toEqual([]);
  }, 120_000);

  test('in what an address of ours asks, in what a form gives back, and in cookies', async () => {
    const marie = await browses(world.marie);
    const nobody = await browses();
    const all = (names: readonly string[], q: string) => names.map((name) => `${name}=${q}`).join('&');
    for (const text of packs(corpus, 1800)) {
      const q = query(text);
      const asked = [
        `/connexion?${all(['page', 'taille', 'ordre', 'lang'], q)}`,
        `/connexion?persona=${q}`,
        `/profil/avis?avant=${q}`,
        `/profil/adresses?retour=/${q}`,
      ];
      for (const path of [...asked, `/demo/courrier?to=${q}`, `/connexion/${q}`, `/avis/${q}`, `/profil?x=${q}#${text}`]) await marie.page.goto(path);
      for (const path of [`/ouvrir-une-session?retour=/${q}&fin=${q}`, `/mot-de-passe?retour=/${q}`, `/invitation/${q}`, `/?${q}#${q}`])
        await nobody.page.goto(path);
    }
    const alain = await browses(world.alain);
    for (const text of packs(corpus, 250)) {
      const q = query(text);
      await alain.page.goto(`/administration/innovactione/collaborateurs?${all(['q', 'etat', 'page'], q)}`);
      await alain.page.goto(`/administration/innovactione/journal?${all(['personne', 'genre', 'du', 'au', 'avant'], q)}`);
    }
    expect([...marie.fired, ...nobody.fired, ...alain.fired]).toEqual([]);
  }, 120_000);

  test('in what a refused form shows again, and in the words that a redirection carries', async () => {
    const nobody = await browses();
    const fills = async (path: string, name: string, text: string) => {
      await nobody.page.goto(path);
      await nobody.page.locator(`[name="${name}"]`).first().fill(text);
      await nobody.page.locator(`form:has([name="${name}"]) button[type=submit], form:has([name="${name}"]) button:not([type])`).first().click();
      await nobody.page.locator('[data-error-summary], .err').first().waitFor();
    };
    for (const text of packs(corpus, 1500)) {
      for (const door of ['/ouvrir-une-session', '/ouvrir-un-compte', '/mot-de-passe']) await fills(door, 'identifiant', text);
      const words = Buffer.from(JSON.stringify(['success', 'manage.flash.removed', { address: text }])).toString('base64url');
      await nobody.context.addCookies([{ name: 'pli-message', value: words, url: `http://127.0.0.1:${server.port}` }]);
      await nobody.visit('/');
    }
    expect(nobody.fired).toEqual([]);
  }, 120_000);

  test('000-55: in a draft, in the editor and in its plain field', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const fields = { titre: corpus.join('¦'), participants: corpus.join('\n'), message: everything.join('\n'), [richTextField]: JSON.stringify(tree(corpus)) };
    expect(
      (await marie.post('/connexion/nouvelle/brouillon', { ...fields, cle: world.ctx.newId(), brouillon: '0' }, { accept: 'application/json' })).status,
    ).toBe(200);
    const page = await browses(world.marie);
    await page.page.goto('/connexion/nouvelle');
    await page.page.locator('rich-text [contenteditable=true]').first().waitFor();
    expect(await page.page.locator('rich-text [contenteditable=true]').first().innerText()).toContain('<script>alert(1)</script>');
    expect(page.fired).toEqual([]);
  }, 60_000);

  test('links that would run something are refused before they are kept', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const letter = { titulaire: world.marie.personaId, titre: 'Relevé', participants: world.jean.address, message: 'x' };
    const links = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\tscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:x',
      'file:///etc/passwd',
      '//ailleurs.example',
      '/deconnexion',
      'javascript&colon;alert(1)',
    ];
    for (const href of links) {
      const doc = { type: 'doc', content: [paragraph('lien', [{ type: 'link', attrs: { href } }])] };
      expect([href, (await marie.post('/connexion/nouvelle', { ...letter, [richTextField]: JSON.stringify(doc), cle: world.ctx.newId() })).status]).toEqual([
        href,
        422,
      ]);
    }
  });
});

describe.skipIf(!chromiumPath)('the same watch sees a site that escapes nothing', () => {
  const unescaped = async (answer: Response, keepPolicy: boolean) => {
    if (!answer.headers.get('content-type')?.startsWith('text/html')) return answer;
    const headers = new Headers(answer.headers);
    if (!keepPolicy) headers.delete('content-security-policy');
    headers.delete('content-encoding');
    const html = await answer
      .clone()
      .text()
      .catch(() => '');
    return new Response(html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'), { status: answer.status, headers });
  };

  test.each([
    ['without a policy, by what runs', false, /^(?:alert|confirm|prompt)/],
    ['with the policy, by what it holds back', true, /^policy/],
  ])(
    '%s',
    async (_how, keepPolicy, seen) => {
      const id = await hostileConversation('Relevé');
      onItsWay = (answer) => unescaped(answer, keepPolicy);
      const marie = await browses(world.marie);
      // Compressed, an answer could not be weakened here.
      await marie.context.setExtraHTTPHeaders({ 'accept-encoding': 'identity' });
      await marie.page.goto(`/connexion/${id}?persona=${world.marie.personaId}`);
      await expect.poll(() => marie.fired.filter((line) => seen.test(line)).length, { timeout: 10_000 }).toBeGreaterThan(5);
      if (keepPolicy) expect(marie.fired.filter((line) => /^(?:alert|confirm|prompt)/.test(line))).toEqual([]);
    },
    60_000,
  );
});
