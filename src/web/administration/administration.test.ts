import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refreshCounts, setLogo } from '#domain/administration/api.ts';
import { addMembership, createOrganisation } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let college: string;
beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  college = (await createOrganisation(world.ctx, { slug: 'tilleuls', name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', locale: 'fr-FR' })).id;
});
afterEach(() => world.dispose());

const base = '/administration/innovactione';
const browserOf = (person: Person) => site.browserOf(person.profileId);

/** The addresses of the sitemap, for one of the people. */
function routes(personaId: string) {
  const member = `${base}/collaborateurs/${personaId}`;
  return {
    get: ['', '/collaborateurs', '/politique', '/journal', '/journal.csv'].map((path) => base + path).concat(member, `${member}/supprimer`),
    post: ['/collaborateurs', '/politique', '/politique/logo', '/politique/logo/retirer']
      .map((path) => base + path)
      .concat(['roles', 'suspendre', 'retablir', 'inviter', 'transferer', 'supprimer'].map((act) => `${member}/${act}`)),
  };
}

async function administratorOfTheCollege(): Promise<Browser> {
  done(await addMembership(world.ctx, { organisationId: college, personaId: world.paul.personaId, role: 'administrator' }));
  return browserOf(world.paul);
}

test('000-A3 S-17: nothing of the administration exists for strangers, collaborators and the administrators of other organisations', async () => {
  const { get, post } = routes(world.marie.personaId);
  const director = await administratorOfTheCollege();
  for (const browser of [await browserOf(world.jean), await browserOf(world.marie), director]) {
    for (const path of get) expect((await browser.get(path)).status, path).toBe(404);
    for (const path of post) expect((await browser.post(path, { version: '0' })).status, path).toBe(404);
  }
  for (const browser of [await browserOf(world.jean), await browserOf(world.marie)]) expect((await browser.get('/administration')).status).toBe(404);
  for (const path of get) expect((await site.browser().get(path)).status, path).toBe(303);
  expect(await world.ctx.db.selectFrom('audit_entries').select('id').execute()).toEqual([]);
  expect((await director.get('/administration/tilleuls')).status).toBe(200);
});

test('000-A3: the navigation leads there for administrators alone, and every page speaks both languages', async () => {
  const alain = await browserOf(world.alain);
  const entry = async (browser: Browser) => (await (await browser.get('/connexion')).page()).querySelector('nav.side a[href="/administration"]')?.text.trim();
  expect(await entry(alain)).toBe('Administration');
  for (const other of [world.marie, world.jean]) expect(await entry(await browserOf(other))).toBeUndefined();
  expect((await alain.get('/administration')).headers.get('location')).toBe(base);
  const titles = {
    '': ['Tableau de bord', 'Dashboard'],
    '/collaborateurs': ['Collaborateurs', 'Collaborators'],
    '/politique': ['Politique', 'Policy'],
    '/journal': ['Journal', 'Journal'],
  };
  for (const [path, [french, english]] of Object.entries(titles)) {
    const page = await (await alain.get(base + path)).page();
    expect(page.querySelector('h1')?.text).toBe(french);
    expect((await (await alain.get(`${base}${path}?lang=en`)).page()).querySelector('h1')?.text).toBe(english);
    await alain.get(`${base}?lang=fr-CA`);
  }
});

test('S-17: somebody who administers several organisations chooses', async () => {
  done(await addMembership(world.ctx, { organisationId: college, personaId: world.alain.personaId, role: 'administrator' }));
  const page = await (await (await browserOf(world.alain)).get('/administration')).page();
  expect(page.querySelectorAll('a.door').map((door) => door.getAttribute('href'))).toEqual(['/administration/tilleuls', base]);
});

test('000-A1: access is given, suspended, given back and deleted by plain forms, each with its sentence', async () => {
  const alain = await browserOf(world.alain);
  const wrong = await alain.post(`${base}/collaborateurs`, { nom: 'Nadia Roy', adresse: 'nadia', 'role-collaborator': 'on' });
  expect(wrong.status).toBe(422);
  const again = await wrong.page();
  expect(again.querySelector('#adresse')?.getAttribute('value')).toBe('nadia');
  expect(again.querySelector('#adresse-error')?.text).toContain('adresse de courriel complète');
  const granted = await alain.post(`${base}/collaborateurs`, { nom: 'Nadia Roy', adresse: 'nadia@innovactione.example', 'role-collaborator': 'on' });
  expect(granted.status).toBe(303);
  const place = granted.headers.get('location') ?? '';
  const member = await (await alain.get(place)).page();
  expect(member.querySelector('h1')?.text).toBe('Nadia Roy');
  expect(member.querySelector('.toast')?.text).toContain('Succès');
  expect(member.text).toContain('Invité, pas encore venu');
  for (const [act, state] of [
    ['suspendre', 'Suspendu'],
    ['retablir', 'Invité'],
  ]) {
    expect((await alain.post(`${place}/${act}`, {})).status).toBe(303);
    expect((await (await alain.get(place)).page()).querySelector('.tag')?.text).toContain(state);
  }
  expect((await (await alain.get(`${place}/supprimer`)).page()).querySelectorAll('.bullets li')).toHaveLength(5);
  expect((await alain.post(`${place}/supprimer`, {})).headers.get('location')).toBe(`${base}/collaborateurs`);
  const gone = await (await alain.get(`${base}/collaborateurs?etat=anciens`)).page();
  expect(gone.querySelector('table')?.text).toContain('nadia@innovactione.example');
  const back = await (await alain.post(`${base}/collaborateurs`, { nom: 'N', adresse: 'nadia@innovactione.example', 'role-collaborator': 'on' })).page();
  expect(back.querySelector('#meme-personne')).not.toBeNull();
  const refused = await alain.post(`${base}/collaborateurs/${world.alain.personaId}/suspendre`, {});
  expect(refused.status).toBe(409);
  expect((await refused.page()).querySelector('[role=alert]')?.text).toContain('la dernière à administrer');
});

test('000-A1 000-Y3: a collaborator suspended while writing loses nothing, and is told', async () => {
  const marie = await browserOf(world.marie);
  await (await browserOf(world.alain)).post(`${base}/collaborateurs/${world.marie.personaId}/suspendre`, {});
  const sent = await marie.post('/connexion/nouvelle', { titulaire: world.marie.personaId, titre: 'Relevé', message: 'Une heure de travail' });
  expect(sent.headers.get('location')).toContain('fin=2');
  expect((await (await marie.get(sent.headers.get('location') ?? '')).page()).text).toContain('Votre organisation vient de suspendre votre compte');
  await (await browserOf(world.alain)).post(`${base}/collaborateurs/${world.marie.personaId}/retablir`, {});
  world.clock.advance(1, { sessions: true });
  const page = await (await (await browserOf(world.marie)).get('/connexion/nouvelle')).page();
  expect(page.querySelector('textarea[name=message]')?.text).toContain('Une heure de travail');
});

const policy = {
  version: '0',
  'expiration-min': '1',
  'expiration-max': '366',
  taille: '1024',
  'langue-fr-CA': 'on',
  'langue-en': 'on',
  couleurs: 'pli',
  activites: 'tous',
  telephone: '1 819 555-0142',
};

test('000-A3 000-56: the policy is saved whole, shown where people write, and a second administrator is told', async () => {
  const alain = await browserOf(world.alain);
  expect((await alain.post(`${base}/politique`, { ...policy, types: 'pdf', taille: '5', 'heures-fr': 'de 8 h à 17 h' })).status).toBe(303);
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const field = (await (await (await browserOf(world.jean)).get(`/connexion/${conversationId}`)).page()).querySelector('file-field');
  expect(field?.getAttribute('data-types')).toBe('pdf');
  expect(field?.querySelector('input')?.getAttribute('accept')).toBe('.pdf');
  expect(field?.text).toMatch(/5\s?Mo au total par message\. Types permis\s?: pdf/u);
  expect((await (await alain.get(base)).page()).querySelector('footer')?.text).toContain('1 819 555-0142');
  const late = await alain.post(`${base}/politique`, { ...policy, types: 'docx' });
  expect(late.status).toBe(409);
  const shown = await late.page();
  expect(shown.querySelector('#types')?.getAttribute('value')).toBe('docx');
  expect(shown.querySelector('.note--warn')?.text).toMatch(/«\s?pdf\s?» maintenant, «\s?docx\s?» ici/u);
  expect(
    (await alain.post(`${base}/politique`, { ...policy, types: 'docx', version: shown.querySelector('input[name=version]')?.getAttribute('value') ?? '' }))
      .status,
  ).toBe(303);
});

test('000-A3: a fault names its field, and everything typed stays', async () => {
  const alain = await browserOf(world.alain);
  const own = { couleurs: 'organisation', 'couleur-claire': '#ffcc00', 'couleur-sombre': '#82ccdb', 'couleur-bandeau': '#08333d' };
  const refused = await alain.post(`${base}/politique`, { ...policy, ...own, taille: '9999', 'phrase-fr': 'Voyez https://x.example' });
  expect(refused.status).toBe(422);
  const page = await refused.page();
  expect(page.querySelectorAll('[role=alert] a').map((link) => link.getAttribute('href'))).toEqual(['#taille', '#phrase-fr', '#couleur-claire']);
  expect(page.querySelector('#phrase-fr')?.getAttribute('value')).toBe('Voyez https://x.example');
  expect(page.querySelector('#couleur-claire-error')?.text).toMatch(/contraste de 1,\d/u);
});

test('000-A3: colours and logo of an organisation are worn by its pages, under addresses that change with them', async () => {
  const alain = await browserOf(world.alain);
  const own = { couleurs: 'organisation', 'couleur-claire': '#7a1f5c', 'couleur-sombre': '#f0a8d8', 'couleur-bandeau': '#4a0f36' };
  expect((await (await alain.get(base)).page()).querySelectorAll('link[rel=stylesheet]')).toHaveLength(1);
  await alain.post(`${base}/politique`, { ...policy, ...own });
  const form = new FormData();
  form.set('logo', new File([picture()], 'logo.svg', { type: 'image/svg+xml' }));
  expect((await alain.post(`${base}/politique/logo`, form)).status).toBe(303);
  const page = await (await alain.get(base)).page();
  const sheet = page.querySelectorAll('link[rel=stylesheet]')[1]?.getAttribute('href') ?? '';
  const served = await site.browser().get(sheet);
  expect(served.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await served.text()).toContain('--brand:#7a1f5c');
  expect((await site.browser().get(sheet.replace(/\w{3}\.css$/u, 'xxx.css'))).status).toBe(404);
  const logo = await site.browser().get(page.querySelector('.logo__own')?.getAttribute('src') ?? '');
  expect([logo.status, logo.headers.get('content-type'), logo.headers.get('cache-control')]).toEqual([200, 'image/png', 'public, max-age=31536000, immutable']);
  expect((await site.browser().get('/')).status).toBe(200);
  form.set('logo', new File(['<svg/>'], 'logo.png', { type: 'image/png' }));
  const refused = await alain.post(`${base}/politique/logo`, form);
  expect([refused.status, (await refused.page()).querySelector('#logo-error')?.text]).toEqual([415, expect.stringContaining('n’est pas une image')]);
  expect((await alain.post(`${base}/politique/logo/retirer`, {})).status).toBe(303);
  expect((await (await alain.get(base)).page()).querySelector('.logo__own')).toBeNull();
  expect((await setLogo(await world.as(world.jean.profileId), { organisationId: world.organisationId, bytes: Buffer.from('x') })).ok).toBe(false);
});

function picture(): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(60);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(120, 16);
  bytes.writeUInt32BE(40, 20);
  return new Uint8Array(bytes);
}

test('000-A3: figures are counted by a job and say nothing of the content', async () => {
  const alain = await browserOf(world.alain);
  expect((await (await alain.get(base)).page()).text).toContain('Rien n’est encore compté');
  await converse(await world.as(world.marie.profileId), world.marie.personaId, { title: 'Zèbre canari', message: 'texte canari' });
  await world.runJobs();
  await refreshCounts(world.ctx);
  await refreshCounts(world.ctx);
  const page = await (await alain.get(base)).page();
  const figures = Object.fromEntries(page.querySelectorAll('.figures dl > div').map((row) => [row.querySelector('dt')?.text, row.querySelector('dd')?.text]));
  expect(figures).toMatchObject({
    Ouvertes: '1',
    'Messages postés': '1',
    'Enveloppes non ouvertes': '1',
    'Collaborateurs actifs': '2',
    'Administrateurs actifs': '1',
    Participants: '1',
    'Documents gardés': '0',
    Envoyés: '1',
    'En attente': '0',
  });
  for (const word of ['canari', world.jean.address, 'Jean', world.marie.address]) expect(page.querySelector('main')?.text).not.toContain(word);
});

test('000-A3 S-10: neither the pages nor the queries of the administration know of titles, texts, names of files or keys', () => {
  const folders = ['src/web/administration', 'src/domain/administration', 'src/domain/audit'];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.includes('.test.'))
      .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
  );
  expect(sources.length).toBeGreaterThan(30);
  for (const { name, text } of sources) {
    expect(text, name).not.toMatch(
      /\bctx\.keys\b|unwrap\(|openBytes|\bbody\b(?!Limit|\()(?= *[,']\s*(?:from|where))|m\.body|\blabel\b.*attachments|messages\.title|conversations\.title|c\.title/u,
    );
    if (/quer(?:y|ies)/u.test(name)) expect(text, name).not.toMatch(/'title'|'body'|'label'|selectAll/u);
  }
});

test('000-A3 000-A4: the journal is filtered, paged and exported, and its export is one of its lines', async () => {
  const alain = await browserOf(world.alain);
  const marie = `${base}/collaborateurs/${world.marie.personaId}`;
  for (let n = 0; n < 27; n++) {
    await alain.post(`${marie}/suspendre`, {});
    world.clock.advance(60);
    await alain.post(`${marie}/retablir`, {});
    world.clock.advance(60);
  }
  const first = await (await alain.get(`${base}/journal`)).page();
  expect(first.querySelectorAll('tbody tr')).toHaveLength(50);
  expect(first.querySelector('tbody tr')?.text).toMatch(/Compte rouvert.*marie\.unetelle.*alain\.gagnon/su);
  const older =
    first
      .querySelectorAll('nav a')
      .find((link) => link.text === 'Plus anciens')
      ?.getAttribute('href') ?? '';
  expect((await (await alain.get(older)).page()).querySelectorAll('tbody tr')).toHaveLength(4);
  const lines = async (query: string) => (await (await alain.get(`${base}/journal?${query}`)).page()).querySelectorAll('tbody tr').length;
  expect(await lines('acte=person.suspended')).toBe(27);
  expect(await lines(`acte=person.suspended&personne=${world.marie.address.toUpperCase()}`)).toBe(27);
  expect(await lines('personne=paul.tremblay@innovactione.example')).toBe(0);
  expect(await lines('du=2015-02-02&au=2015-02-02')).toBe(50);
  expect(await lines('du=2015-02-03')).toBe(0);
  const csv = await alain.get(`${base}/journal.csv?acte=person.suspended`);
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="journal-innovactione-2015-02-02.csv"');
  const text = await csv.text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(28);
  expect(text).toContain(`"person.suspended","${world.alain.address}","${world.marie.address}"`);
  expect((await (await alain.get(`${base}/journal`)).page()).querySelector('tbody tr')?.text).toContain('Journal exporté');
});

test('000-A3: an address that a spreadsheet would execute is exported as text', async () => {
  const alain = await browserOf(world.alain);
  await alain.post(`${base}/collaborateurs`, { nom: 'X', adresse: '=cmd|x@innovactione.example', 'role-collaborator': 'on' });
  expect(await (await alain.get(`${base}/journal.csv`)).text()).toContain(`"'=cmd|x@innovactione.example"`);
});

test('000-39: where activities are for collaborators alone, participants find neither the link nor the page', async () => {
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const jean = await browserOf(world.jean);
  const seen = async () => [
    (await (await jean.get('/connexion')).page()).querySelectorAll(`a[href*="${conversationId}/activites"]`).length,
    (await (await jean.get(`/connexion/${conversationId}`)).page()).querySelectorAll('a[href*="/activites"]').length,
    (await jean.get(`/connexion/${conversationId}/activites`)).status,
  ];
  expect(await seen()).toEqual([1, 1, 200]);
  await (await browserOf(world.alain)).post(`${base}/politique`, { ...policy, activites: 'collaborateurs' });
  expect(await seen()).toEqual([0, 0, 404]);
});

test('000-A2: what somebody who left held is handed to a colleague, who reads what is posted from then on', async () => {
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  const alain = await browserOf(world.alain);
  const marie = `${base}/collaborateurs/${world.marie.personaId}`;
  await alain.post(`${marie}/supprimer`, {});
  const jean = await browserOf(world.jean);
  const writable = async () => (await (await jean.get(`/connexion/${conversationId}`)).page()).querySelector('#composer') !== null;
  expect(await writable()).toBe(false);
  const refused = await alain.post(`${marie}/transferer`, { collegue: world.jean.address });
  expect([refused.status, (await refused.page()).querySelector('#collegue')?.getAttribute('value')]).toEqual([422, world.jean.address]);
  expect((await alain.post(`${marie}/transferer`, { collegue: world.paul.address })).status).toBe(303);
  expect((await (await alain.get(marie)).page()).querySelector('.toast')?.text).toContain('1 conversation est transférée à paul.tremblay');
  expect(await writable()).toBe(true);
  expect((await alain.get(`/connexion/${conversationId}`)).status).toBe(404);
  const line = (await (await alain.get(`${base}/journal?acte=conversations.transferred`)).page()).querySelector('tbody tr')?.text;
  expect(line).toMatch(/Conversations transférées.*marie\.unetelle.*paul\.tremblay.*Conversations\s?: 1.*alain\.gagnon/su);
});
