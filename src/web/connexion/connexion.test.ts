import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMembership } from '#domain/organisations/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;
let jean: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
  jean = await site.browserOf(world.jean.profileId);
});
afterEach(() => world.dispose());

const letter = () => ({
  titulaire: world.marie.personaId,
  titre: 'Relevé de placement',
  participants: 'jeand@courriel.example\nnadia.roy@courriel.example',
  message: 'Bonjour, voici le relevé.',
  cle: world.ctx.newId(),
});

async function started(change: Record<string, string> = {}): Promise<string> {
  const answer = await marie.post('/connexion/nouvelle', { ...letter(), ...change });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

/** The same conversation as Jean's persona reads it. */
function asJean(address: string): string {
  return address.replace(/persona=[^&#]+/u, `persona=${world.jean.personaId}`);
}

async function openFirst(browser: Browser, address: string) {
  const page = await (await browser.get(address)).page();
  const action = page.querySelector('.env form')?.getAttribute('action') ?? '';
  return browser.post(action.replaceAll('&amp;', '&'), {});
}

test('000-53 000-54 000-41: Marie writes, Jean opens the envelope by its button, answers, and Marie reads', async () => {
  const address = await started();
  const sealed = await (await jean.get(asJean(address))).page();
  expect(sealed.querySelector('.env')?.text).toContain('Message scellé de Marie Unetelle');
  expect(sealed.toString()).not.toContain('voici le relevé');
  const opened = await openFirst(jean, asJean(address));
  expect(opened.status).toBe(303);
  const read = await (await jean.get(opened.headers.get('location')?.split('#')[0] ?? '')).page();
  expect(read.querySelector('.bub')?.text).toContain('voici le relevé');
  expect(read.querySelector('.meta')?.text.replaceAll('\u00a0', ' ')).toMatch(
    /Titulaire.*Innovactione.*Expéditeur.*marie\.unetelle@innovactione\.example.*Envoyé.*02 févr\., 2015 – 15:14:18 HNE.*Expire.*01 févr\., 2016 – 15:14:18 HNE/su,
  );

  const answered = await jean.post(read.querySelector('.compose form')?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '', {
    message: 'Merci Marie.',
    cle: world.ctx.newId(),
  });
  expect(answered.status).toBe(303);
  const list = await (await marie.get('/connexion')).page();
  expect(list.querySelector('tbody tr')?.text).toContain('Non lu');
  expect(list.querySelector('.topbtn .count')?.text).toContain('1');
});

test('000-24 000-25 000-26 S-05: the columns stand in the order of the guide, and «vue» leads to the activities', async () => {
  await started();
  const page = await (await jean.get('/connexion')).page();
  expect(page.querySelectorAll('thead th').map((th) => (th.querySelector('a') ?? th).text.split(',')[0]?.trim())).toEqual([
    'Titulaire',
    'Titre',
    'Activités',
    'Date de modification',
  ]);
  const view = page.querySelectorAll('tbody a').find((a) => a.text.startsWith('vue'));
  const activities = await (await jean.get(view?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '')).page();
  expect(activities.querySelector('h1')?.text).toBe('Activités des conversations');
  expect(activities.querySelectorAll('thead th').map((th) => (th.querySelector('a') ?? th).text.split(',')[0]?.trim())).toEqual(['Nom', 'Activité', 'Date']);
});

test('000-28 000-33 000-34 000-35: sizes 10, 20 and 30, four words, the last page holds the remainder, the order is kept', async () => {
  const ctx = await world.as(world.marie.profileId);
  for (let n = 1; n <= 23; n++) {
    world.clock.advance(60);
    await converse(ctx, world.marie.personaId, { title: `Conversation ${n}` });
  }
  const titles = async (query: string) =>
    (await (await jean.get(`/connexion?persona=${world.jean.personaId}&${query}`)).page()).querySelectorAll('.ttl').map((a) => a.text.trim());
  expect(await titles('taille=10')).toHaveLength(10);
  expect((await titles('taille=10'))[0]).toBe('Conversation 23');
  expect(await titles('taille=10&page=3')).toEqual(['Conversation 3', 'Conversation 2', 'Conversation 1']);
  expect(await titles('taille=10&page=99')).toEqual(['Conversation 3', 'Conversation 2', 'Conversation 1']);
  expect((await titles('taille=20&ordre=ancien'))[0]).toBe('Conversation 1');
  expect(await titles('taille=20&ordre=ancien&page=2')).toEqual(['Conversation 21', 'Conversation 22', 'Conversation 23']);
  expect(await titles('taille=30')).toHaveLength(23);
  const page = await (await jean.get('/connexion?taille=10&page=3')).page();
  const bar = page.querySelector('.pager');
  expect(bar?.querySelectorAll('.nav a').map((a) => a.text)).toEqual(['Première', 'Précédente']);
  expect(bar?.querySelectorAll('.nav span.p').map((a) => a.text)).toEqual(['Suivante', 'Dernière']);
  expect(bar?.text).toContain('21 à 23 sur 23');
});

test('000-06: a participant has no control to start a conversation, and its addresses are not there for them', async () => {
  expect((await (await jean.get('/connexion')).page()).text).not.toContain('Nouvelle conversation');
  expect((await jean.get('/connexion/nouvelle')).status).toBe(404);
  expect((await jean.post('/connexion/nouvelle', letter())).status).toBe(404);
});

test.each([
  ['fr-CA', 'Ceci n’est pas une adresse : pas-une-adresse.', 'Le message est vide.', 'Le titre manque.'],
  ['en', 'This is not an address: pas-une-adresse.', 'The message is empty.', 'The title is missing.'],
])('000-55: every fault of a form is named at once and what was typed stays (%s)', async (language, ...sentences) => {
  const wrong = { ...letter(), titre: '', participants: 'jeand@courriel.example\npas-une-adresse', message: ' ' };
  const answer = await marie.post('/connexion/nouvelle', wrong, { 'accept-language': language });
  expect(answer.status).toBe(422);
  const page = await answer.page();
  for (const sentence of sentences) expect(page.querySelector('[data-error-summary]')?.text.replaceAll('\u00a0', ' ')).toContain(sentence);
  expect(page.querySelector('#participants')?.text).toContain('pas-une-adresse');
  expect(page.querySelector('#participants')?.getAttribute('aria-invalid')).toBe('true');
});

test.each([
  ['fr-CA', /101 participants, la limite est de 100/u],
  ['en', /101 participants, the limit is 100/u],
])('S-11: 101 participants are refused with the limit, none of them is told (%s)', async (language, sentence) => {
  const participants = Array.from({ length: 101 }, (_, n) => `personne${n}@courriel.example`).join('\n');
  const answer = await marie.post('/connexion/nouvelle', { ...letter(), participants }, { 'accept-language': language });
  expect(answer.status).toBe(422);
  const page = await answer.page();
  expect(page.text).toMatch(sentence);
  expect(page.querySelector('#participants')?.text).toContain('personne100@courriel.example');
  expect(await world.ctx.db.selectFrom('notices').selectAll().execute()).toEqual([]);
});

test('S-11: 100 participants are accepted', async () => {
  const participants = Array.from({ length: 100 }, (_, n) => `personne${n}@courriel.example`).join('\n');
  await started({ participants });
  expect(await world.ctx.db.selectFrom('notices').selectAll().execute()).toHaveLength(100);
});

test.each([
  ['fr-CA', /caractère qui ne peut pas être gardé/u],
  ['en', /character that cannot be kept/u],
])('a NUL byte and a lone surrogate in any field are refused with a sentence, and nothing else is lost (%s)', async (language, sentence) => {
  const headers = { 'accept-language': language, 'content-type': 'application/x-www-form-urlencoded' };
  for (const field of ['titre', 'participants', 'message'] as const) {
    for (const bytes of ['%00', '%ED%A0%80', '%FF']) {
      const body = new URLSearchParams({ ...letter(), [field]: 'AVANT' }).toString().replace('AVANT', `avant${bytes}apr%C3%A8s`);
      const answer = await marie.post('/connexion/nouvelle', Buffer.from(body), headers);
      expect(answer.status).toBe(422);
      const page = await answer.page();
      expect(page.querySelector(`#${field}-error`)?.text).toMatch(sentence);
      expect(page.querySelector(field === 'message' ? '#titre' : '#message')?.toString()).toMatch(/Relevé de placement|voici le relevé/u);
    }
  }
  for (const [field, value] of [
    ['titulaire', 'x\0'],
    ['expire', '2015-02-03\0'],
    ['cle', '\0'],
  ] as const) {
    const answer = await marie.post('/connexion/nouvelle', { ...letter(), [field]: value }, { 'accept-language': language });
    expect([303, 422]).toContain(answer.status);
    // Every value of a sentence is filled in.
    expect((await answer.page()).querySelector('[data-error-summary]')?.text ?? '').not.toContain('{');
  }
});

test('a file’s name with a NUL is refused by name, the rest of the form and the other files stay', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(letter())) form.set(name, value);
  form.append('fichiers', new File(['bon'], 'bon.txt', { type: 'text/plain' }));
  form.append('fichiers', new File(['x'], `${'n'.repeat(300)}.txt`));
  const answer = await marie.post('/connexion/nouvelle', form);
  expect(answer.status).toBe(422);
  const page = await answer.page();
  expect(page.querySelector('#fichiers-error')?.text).toContain('son nom dépasse 255 caractères');
  const kept = page.querySelector('input[name="fichier-recu"]')?.getAttribute('value') ?? '';
  const again = await marie.post('/connexion/nouvelle', { ...letter(), 'fichier-recu': kept });
  expect(again.status).toBe(303);
  const location = again.headers.get('location') ?? '';
  expect((await (await marie.get(location)).page()).querySelector('.file')?.text).toContain('bon.txt');
});

test.each([
  ['fr-CA', /ne peuvent dépasser 1 Go au total/u],
  ['en', /cannot exceed 1 GB in all/u],
])('000-51 S-11: more than 1 GB is refused with the limit named and the text kept (%s)', async (language, sentence) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(letter())) form.set(name, value);
  form.append('fichiers', new File(['trop'], 'trop.bin'));
  const answer = await marie.post('/connexion/nouvelle', form, {
    'accept-language': language,
    'content-length': String(conversationLimits.filesBytes + 10_000_000),
  });
  expect(answer.status).toBe(413);
  const page = await answer.page();
  expect(page.querySelector('#fichiers-error')?.text.replaceAll('\u00a0', ' ')).toMatch(sentence);
  expect(page.querySelector('#message')?.text).toContain('voici le relevé');
  expect(await world.ctx.db.selectFrom('uploads').selectAll().execute()).toEqual([]);
});

test.each([
  ['fr-CA', /L’envoi s’est arrêté avant la fin/u],
  ['en', /The sending stopped before its end/u],
])('000-Y3: a form cut on its way says so, keeps what arrived and posts nothing (%s)', async (language, sentence) => {
  const headers = { 'content-type': 'multipart/form-data; boundary=b', 'accept-language': language };
  const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = Object.entries(letter()).map(([name, value]) => part(name, value));
  const file = '--b\r\nContent-Disposition: form-data; name="fichiers"; filename="a.txt"\r\n\r\nle début seulem';
  const answer = await marie.post('/connexion/nouvelle', Buffer.from(fields.join('') + file), headers);
  expect(answer.status).toBe(400);
  const page = await answer.page();
  expect(page.querySelector('[data-error-summary]')?.text).toMatch(sentence);
  expect(page.querySelector('#message')?.text).toContain('voici le relevé');
  expect(await world.ctx.db.selectFrom('uploads').selectAll().execute()).toEqual([]);
  expect(await world.ctx.db.selectFrom('conversations').selectAll().execute()).toEqual([]);
});

test('000-Y3: a session that ends while writing: what was typed, and the file, are there after signing in again, and for nobody else', async () => {
  world.clock.advance(13 * 3600, { sessions: true });
  const form = new FormData();
  for (const [name, value] of Object.entries(letter())) form.set(name, value);
  form.append('fichiers', new File(['contenu'], 'relevé.pdf'));
  const answer = await marie.post('/connexion/nouvelle', form);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toContain('/ouvrir-une-session?retour=%2Fconnexion%2Fnouvelle');
  done(await addMembership(world.ctx, { organisationId: world.organisationId, personaId: world.paul.personaId, role: 'collaborator' }));
  const paul = await site.browserOf(world.paul.profileId);
  expect((await (await paul.get('/connexion/nouvelle')).page()).querySelector('#message')?.text.trim()).toBe('');
  const back = await site.browserOf(world.marie.profileId);
  for (let n = 0; n < 2; n++) {
    const page = await (await back.get('/connexion/nouvelle')).page();
    expect(page.querySelector('#message')?.text).toContain('voici le relevé');
    expect(page.querySelector('#participants')?.text).toContain('nadia.roy@courriel.example');
    expect(page.text).toContain('Votre session s’était fermée.');
    expect((await (await back.get('/connexion/nouvelle', { 'accept-language': 'en' })).page()).text).toContain('Your session had ended.');
    expect(page.querySelector('input[name="fichier-recu"]')).not.toBeNull();
  }
  const kept = (await (await back.get('/connexion/nouvelle')).page()).querySelector('input[name="fichier-recu"]')?.getAttribute('value') ?? '';
  expect((await back.post('/connexion/nouvelle', { ...letter(), 'fichier-recu': kept })).status).toBe(303);
  expect((await (await back.get('/connexion/nouvelle')).page()).querySelector('#message')?.text.trim()).toBe('');
});

test('000-Y3: somebody who signed out, or never was in, cannot leave anything behind', async () => {
  const stranger = site.browser();
  const answer = await stranger.post('/connexion/nouvelle', letter());
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toMatch(/^\/ouvrir-une-session/u);
  expect(await world.ctx.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
});

test('a form sent twice posts one message and both answers lead to it', async () => {
  const address = await started();
  const post = address.replace('?', '/messages?').split('&')[0] ?? '';
  const fields = { message: 'Une seule fois', cle: world.ctx.newId() };
  const answers = await Promise.all([marie.post(post, fields), marie.post(post, fields)]);
  expect(new Set(answers.map((answer) => answer.headers.get('location')?.split('#')[1])).size).toBe(1);
  expect((await (await marie.get(address)).page()).querySelectorAll('.msg')).toHaveLength(2);
});

test.each([
  ['fr-CA', /ne vient pas d’une page de Pli. Rien n’a été fait/u],
  ['en', /does not come from a page of Pli. Nothing was done/u],
])('a post from another site, or under another name than ours, is refused, and the page says so (%s)', async (language, sentence) => {
  const strangers = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' },
    { 'sec-fetch-site': '', origin: 'null' },
    { 'sec-fetch-site': 'same-site', origin: 'http://autre.localhost:3000' },
  ];
  for (const headers of strangers) {
    const answer = await marie.post('/connexion/nouvelle', letter(), { 'accept-language': language, ...headers });
    expect(answer.status).toBe(403);
    expect((await answer.page()).querySelector('main')?.text).toMatch(sentence);
  }
  expect(await world.ctx.db.selectFrom('conversations').selectAll().execute()).toEqual([]);
});

test('S-06: a forged Host enters no page and no mail', async () => {
  await started();
  await world.runJobs();
  const forged = await marie.get('/connexion', { host: 'voleur.example', 'x-forwarded-host': 'voleur.example' });
  expect(await forged.text()).not.toContain('voleur.example');
  const mails = await world.ctx.db.selectFrom('outgoing_mails').select(['body_text', 'body_html']).execute();
  expect(mails).toHaveLength(2);
  expect(JSON.stringify(mails)).not.toContain('voleur');
});

test('000-21: with one address its list is shown at once, without tabs; with two, each has its tab and its unread count', async () => {
  await started();
  const alone = await (await marie.get('/connexion')).page();
  expect(alone.querySelectorAll('.side .sub a')).toHaveLength(0);
  expect(alone.querySelectorAll('tbody tr')).toHaveLength(1);
  const tabs = (await (await jean.get('/connexion')).page()).querySelectorAll('.side .sub a');
  expect(tabs.map((tab) => tab.text.replaceAll(/\s+/gu, ' ').trim())).toEqual(['jeand@courriel.example1 non lu', 'jean.dube@atelier.example']);
});

test('000-42 000-43: one’s own messages stand at the right, the others’ at the left, the most recent at the bottom', async () => {
  const address = await started();
  world.clock.advance(60);
  await jean.post(asJean(address).replace('?', '/messages?'), { message: 'Réponse de Jean', cle: world.ctx.newId() });
  await openFirst(jean, asJean(address));
  const messages = (await (await jean.get(asJean(address))).page()).querySelectorAll('.msg');
  expect(messages.map((message) => message.getAttribute('class'))).toEqual(['msg', 'msg msg--me']);
  expect(messages.map((message) => message.querySelector('.by')?.text.trim())).toEqual(['Marie Unetelle', 'Vous']);
  expect(messages[1]?.text).toContain('Réponse de Jean');
});

test('S-08 S-07 000-11: a notice’s link fetched by a scanner leads to the sign-in page, and nothing happens', async () => {
  await started();
  await world.runJobs();
  const mails = await world.ctx.db.selectFrom('outgoing_mails').selectAll().where('recipient', '=', world.jean.address).execute();
  const link = /\/avis\/[\w-]+/u.exec(mails[0]?.body_text ?? '')?.[0] ?? '';
  const scanner = site.browser();
  for (let n = 0; n < 10; n++) {
    const answer = await scanner.get(link);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/ouvrir-une-session?retour=${encodeURIComponent(link)}`);
  }
  expect(await world.ctx.db.selectFrom('openings').selectAll().execute()).toEqual([]);
  const followed = await jean.get(link);
  expect(followed.status).toBe(303);
  expect((await (await jean.get(followed.headers.get('location')?.split('#')[0] ?? '')).page()).querySelector('.env')).not.toBeNull();
});

test('S-08 000-Y3: a forwarded notice tells its reader whose it is, masked; a former participant is told so', async () => {
  const address = await started();
  await world.runJobs();
  const mails = await world.ctx.db.selectFrom('outgoing_mails').selectAll().where('recipient', '=', world.jean.address).execute();
  const link = /\/avis\/[\w-]+/u.exec(mails[0]?.body_text ?? '')?.[0] ?? '';
  const paul = await site.browserOf(world.paul.profileId);
  const other = await (await paul.get(link)).page();
  expect(other.querySelector('h1')?.text).toBe('Ce message est destiné à j•••@courriel.example');
  expect(other.toString()).not.toContain('jeand@');
  const id = /\/connexion\/([^?]+)/u.exec(address)?.[1] ?? '';
  await world.ctx.db
    .updateTable('participations')
    .set({ removed_at: world.clock.now() })
    .where('conversation_id', '=', id)
    .where('persona_id', '=', world.jean.personaId)
    .execute();
  expect((await (await jean.get(link)).page()).querySelector('h1')?.text).toBe('Vous ne participez plus à cette conversation');
  expect((await jean.get('/avis/pas-un-jeton')).status).toBe(404);
});

test('000-32: in a red conversation the form is absent, the reason is said, and a post is refused with it', async () => {
  const address = await started();
  await setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'suspended' });
  const page = await (await jean.get(asJean(address))).page();
  expect(page.querySelector('.compose')).toBeNull();
  expect(page.text).toContain('n’est plus actif');
  const answer = await jean.post(asJean(address).replace('?', '/messages?'), { message: 'x', cle: world.ctx.newId() });
  expect(answer.status).toBe(403);
  const row = (await (await jean.get('/connexion')).page()).querySelector('tbody tr');
  expect(row?.getAttribute('class')).toContain('is-dead');
  expect(row?.text).toContain('Lecture seule');
});

test('000-50 000-49: a file is saved, never shown, under its real name, whole or in part; its download is counted once', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(letter())) form.set(name, value);
  form.append('fichiers', new File(['<script>alert(1)</script>'], 'Relevé «2014».html', { type: 'text/html' }));
  const answer = await marie.post('/connexion/nouvelle', form);
  const address = asJean(answer.headers.get('location') ?? '');
  expect((await (await jean.get(address)).page()).querySelector('.file')).toBeNull();
  await openFirst(jean, address);
  const href = (await (await jean.get(address)).page()).querySelector('.file a')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '';
  const whole = await jean.get(href);
  expect(whole.headers.get('content-disposition')).toBe(`attachment; filename="Releve 2014.html"; filename*=UTF-8''Relev%C3%A9%20%C2%AB2014%C2%BB.html`);
  expect(whole.headers.get('content-security-policy')).toContain('sandbox');
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await whole.text()).toBe('<script>alert(1)</script>');
  const part = await jean.get(href, { range: 'bytes=1-6' });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'script', 'bytes 1-6/25']);
  expect((await jean.get(href, { range: 'bytes=99-' })).status).toBe(416);
  expect((await jean.get(href, { 'sec-purpose': 'prefetch' })).status).toBe(200);
  expect(await world.ctx.db.selectFrom('downloads').selectAll().execute()).toHaveLength(1);
  const paul = await site.browserOf(world.paul.profileId);
  expect((await paul.get(href)).status).toBe(404);
});

test.each([
  ['fr-CA', 'Ce message a expiré ou a été retiré. Il ne peut plus être ouvert.'],
  ['en', 'This message has expired or was withdrawn. It can no longer be opened.'],
])('000-Y3 000-48: an envelope that expires before its button is pressed says so (%s)', async (language, sentence) => {
  const address = asJean(await started({ expire: '2015-02-03' }));
  const headers = { 'accept-language': language };
  const action = (await (await jean.get(address)).page()).querySelector('.env form')?.getAttribute('action') ?? '';
  world.clock.set('2015-02-03T20:14:18.000Z');
  const answer = await jean.post(action.replaceAll('&amp;', '&'), {}, headers);
  const page = await (await jean.get(answer.headers.get('location')?.split('#')[0] ?? '', headers)).page();
  expect(page.querySelector('.toast')?.text.replaceAll('\u00a0', ' ')).toContain(sentence);
});
