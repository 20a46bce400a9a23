import type { HTMLElement } from 'node-html-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expireMessages } from '#domain/conversations/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;
let jean: Browser;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
  jean = await site.browserOf(world.jean.profileId);
  id = await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
});
afterEach(() => world.dispose());

const here = (act = '') => `/connexion/${id}${act}`;
const text = (page: HTMLElement, selector: string) => page.querySelector(selector)?.text.replaceAll('\u00a0', ' ').replaceAll(/\s+/gu, ' ').trim() ?? '';
const formOf = (page: HTMLElement, selector: string) => page.querySelector(`${selector} form`)?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '';
const follow = async (browser: Browser, answer: Response) => (await browser.get(answer.headers.get('location')?.split('#')[0] ?? '')).page();

async function messageId(): Promise<string> {
  return (await world.ctx.db.selectFrom('messages').select('id').orderBy('position').limit(1).executeTakeFirstOrThrow()).id;
}

const languages = [
  [
    'fr-CA',
    { renamed: 'Le titre est changé.', closed: 'Cette conversation est close.', mark: 'Close', line: 'a clos la conversation', activity: 'Titre changé' },
  ],
  [
    'en',
    { renamed: 'The title is changed.', closed: 'This conversation is closed.', mark: 'Closed', line: 'closed the conversation', activity: 'Title changed' },
  ],
] as const;

test.each(languages)(
  '000-C5 000-40: Marie renames and closes; Jean reads the new title, the mark, the line and the activities (%s)',
  async (language, said) => {
    const spoken = { 'accept-language': language };
    const page = await (await marie.get(here('/gestion'), spoken)).page();
    const renamed = await marie.post(formOf(page, '#intitule'), { titre: 'Relevé de mars' }, spoken);
    expect(renamed.status).toBe(303);
    expect(text(await (await marie.get(renamed.headers.get('location')?.split('#')[0] ?? '', spoken)).page(), '.toast')).toContain(said.renamed);
    expect((await marie.post(formOf(page, '#etat'), {}, spoken)).status).toBe(303);
    const read = await (await jean.get(here(), spoken)).page();
    expect(text(read, 'h1')).toBe('Relevé de mars');
    expect(text(read, '.note--warn')).toContain(said.closed);
    expect(text(read, '.thread__line')).toContain(said.line);
    expect(read.querySelector('.compose')).toBeNull();
    expect(text(await (await jean.get('/connexion', spoken)).page(), 'tbody .marks')).toContain(said.mark);
    const activities = text(await (await jean.get(here('/activites'), spoken)).page(), 'tbody');
    expect(activities).toContain(said.activity);
    expect(activities).not.toContain('Relevé');
  },
);

test('000-C5: a title that is empty is refused beside its field, and what was typed elsewhere is not lost', async () => {
  const page = await (await marie.get(here('/gestion'))).page();
  const refused = await marie.post(formOf(page, '#intitule'), { titre: '  ' });
  expect(refused.status).toBe(422);
  expect(text(await refused.page(), '#titre-error')).toContain('Le titre manque');
});

test.each([
  [
    'fr-CA',
    'La date d’expiration doit être après aujourd’hui, et de 1 à 366 jours après l’envoi. Rien n’est changé.',
    'Expiration de tous les messages déplacée, jusqu’au 10 mars, 2015 – 15:14:18 HAE',
  ],
  [
    'en',
    'The expiry date must be after today, and from 1 to 366 days after the sending. Nothing has changed.',
    'Expiry of all messages moved, until Mar 10, 2015 – 15:14:18 EDT',
  ],
] as const)(
  '000-C5 S-03: the expiry of all messages moves within the policy; what a backup can still read is said on screen (%s)',
  async (language, refusal, activity) => {
    const spoken = { 'accept-language': language };
    const page = await (await marie.get(here('/gestion'), spoken)).page();
    expect(text(page, '#expiration')).toMatch(/sauvegarde|backup/u);
    const refused = await marie.post(formOf(page, '#expiration'), { expire: '2017-01-01' }, spoken);
    expect(refused.status).toBe(422);
    const again = await refused.page();
    expect(text(again, '#expire-error')).toContain(refusal);
    expect(again.querySelector('#expire')?.getAttribute('value')).toBe('2017-01-01');
    expect((await marie.post(formOf(page, '#expiration'), { expire: '2015-03-10' }, spoken)).status).toBe(303);
    expect(text(await (await jean.get(here('/activites'), spoken)).page(), 'tbody')).toContain(activity);
  },
);

test.each([
  ['fr-CA', 'Personne ne l’a ouvert', 'Le message est retiré pour tout le monde.', 'Message retiré le 02 févr., 2015 – 15:14:18 HNE'],
  ['en', 'Nobody has opened it', 'The message is withdrawn for everybody.', 'Message withdrawn on Feb 02, 2015 – 15:14:18 EST'],
] as const)(
  '000-C4 S-08: Marie withdraws from the message’s own tools; the notice’s link says «Message retiré» (%s)',
  async (language, why, flash, tombstone) => {
    const spoken = { 'accept-language': language };
    await world.runJobs();
    const mail = await world.ctx.db.selectFrom('outgoing_mails').select('links').where('recipient', '=', world.jean.address).executeTakeFirstOrThrow();
    const page = await (await marie.get(here(), spoken)).page();
    const tools = page.querySelectorAll('.msg__tools a').map((link) => link.getAttribute('href')?.replaceAll('&amp;', '&') ?? '');
    expect(tools).toHaveLength(2);
    const managed = await (await marie.get(tools[0]?.split('#')[0] ?? '', spoken)).page();
    expect(text(managed, '#retirer')).toContain(why);
    expect(text(managed, '#lecteurs')).toContain('Jean Dubé');
    const withdrawn = await marie.post(formOf(managed, '#retirer'), {}, spoken);
    expect(withdrawn.status).toBe(303);
    expect(text(await (await marie.get(withdrawn.headers.get('location')?.split('#')[0] ?? '', spoken)).page(), '.toast')).toContain(flash);
    const link = new URL(String(Object(mail.links)[0])).pathname;
    const followed = await jean.get(link, spoken);
    const seen = await (await jean.get(followed.headers.get('location')?.split('#')[0] ?? '', spoken)).page();
    expect(text(seen, '.tomb')).toContain(tombstone);
    expect(seen.querySelector('.env')).toBeNull();
  },
);

test('000-C4: whoever opened it keeps it, marked, and the page says beforehand what withdrawing will do', async () => {
  const envelope = await (await jean.get(here())).page();
  await jean.post(formOf(envelope, '.env'), {});
  const page = await (await marie.get(here(`/gestion/messages/${await messageId()}`))).page();
  expect(text(page, '#retirer')).toContain('1 personne l’a ouvert et pourra encore le lire');
  const answer = await marie.post(formOf(page, '#retirer'), {});
  expect(text(await follow(marie, answer), '.toast')).toContain('1 personne, qui l’avait ouvert');
  expect(text(await (await jean.get(here())).page(), '.bub')).toContain('Retiré le 02 févr., 2015');
  const paul = await site.browserOf(world.paul.profileId);
  expect(text(await (await paul.get(here())).page(), '.tomb')).toContain('Message retiré');
});

test('000-C4: «Relancer» says how many are told; a second one the same day is refused, and nothing leaves', async () => {
  const page = await (await marie.get(here('/gestion'))).page();
  const sent = await marie.post(formOf(page, '#relances'), {});
  expect(text(await follow(marie, sent), '.toast')).toContain('Une relance part à 2 personnes.');
  const again = await marie.post(formOf(page, '#relances'), {});
  expect(again.status).toBe(429);
  expect(text(await again.page(), '#relances .note--bad')).toContain('depuis moins de 24 h');
});

test.each([
  ['fr-CA', 'Reprendre', 'Vous êtes titulaire de cette conversation.'],
  ['en', 'Take over', 'You hold this conversation.'],
] as const)(
  '000-32 000-56: a red conversation names whom to call; Paul, who takes part, presses «Reprendre» and it is black (%s)',
  async (language, button, flash) => {
    const spoken = { 'accept-language': language };
    await world.ctx.db.updateTable('organisations').set({ support_phone: '1 819 555-0142' }).execute();
    site = await makeSite(world);
    jean = await site.browserOf(world.jean.profileId);
    done(await setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'suspended' }));
    const red = await (await jean.get(here(), spoken)).page();
    expect(text(red, '.note--warn')).toContain('1 819 555-0142');
    expect(red.querySelector('.note--warn form')).toBeNull();
    const paul = await site.browserOf(world.paul.profileId);
    const page = await (await paul.get(here(), spoken)).page();
    expect(text(page, '.note--warn button')).toBe(button);
    const taken = await paul.post(formOf(page, '.note--warn'), {});
    expect(text(await (await paul.get(taken.headers.get('location') ?? '', spoken)).page(), '.toast')).toContain(flash);
    const black = await (await jean.get(here(), spoken)).page();
    expect(black.querySelector('.compose')).not.toBeNull();
    expect(text(black, '.thread__line')).toContain(world.paul.address);
    expect(text(await (await jean.get('/connexion', spoken)).page(), 'tbody .c-who')).toContain(world.paul.address);
  },
);

test('000-A2: Marie transfers before she leaves; to an address that is no collaborator’s she is refused, what she typed kept', async () => {
  const page = await (await marie.get(here('/gestion'))).page();
  const refused = await marie.post(formOf(page, '#titulaire'), { successeur: world.jean.address });
  expect(refused.status).toBe(422);
  expect((await refused.page()).querySelector('#successeur')?.getAttribute('value')).toBe(world.jean.address);
  const given = await marie.post(formOf(page, '#titulaire'), { successeur: world.paul.address });
  expect(text(await follow(marie, given), '.toast')).toContain(`${world.paul.address} est titulaire`);
  expect(text(await (await jean.get(here())).page(), '.thread__line')).toContain('transférée par marie.unetelle@innovactione.example');
});

test.each([
  ['fr-CA', 'Absence', 'remplace du 02 févr., 2015 au 06 févr., 2015'],
  ['en', 'Leave', 'replaces from Feb 02, 2015 to Feb 06, 2015'],
] as const)('000-C7: Marie entrusts her conversations for a leave, gives the past of one, and ends it (%s)', async (language, title, period) => {
  const spoken = { 'accept-language': language };
  const other = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  expect(text(await (await marie.get('/profil', spoken)).page(), '#absence h2')).toBe(title);
  const form = await (await marie.get('/profil/absence', spoken)).page();
  const leave = {
    titulaire: form.querySelector('#titulaire option')?.getAttribute('value') ?? '',
    collegue: world.paul.address,
    du: '2015-02-02',
    au: '2015-02-06',
  };
  const refused = await marie.post('/profil/absence', { ...leave, au: '2015-01-01' }, spoken);
  expect(refused.status).toBe(422);
  expect((await refused.page()).querySelector('#collegue')?.getAttribute('value')).toBe(world.paul.address);
  expect((await marie.post('/profil/absence', leave, spoken)).status).toBe(303);
  expect(text(await (await marie.get('/profil/absence', spoken)).page(), '#absences')).toContain(period);

  const paul = await site.browserOf(world.paul.profileId);
  expect(text(await (await paul.get(`/connexion/${other}`, spoken)).page(), '.thread__line')).toContain(world.paul.address);
  const manage = await (await marie.get(`/connexion/${other}/gestion`, spoken)).page();
  const pasts = manage.querySelector('#remplacement form');
  const delegation = pasts?.querySelector('input')?.getAttribute('value') ?? '';
  expect((await marie.post(pasts?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '', { remplacement: delegation }, spoken)).status).toBe(303);
  expect((await (await paul.get(`/connexion/${other}`, spoken)).page()).querySelector('.env')).not.toBeNull();
  expect((await marie.post(`/profil/absence/${delegation}/terminer`, {}, spoken)).status).toBe(303);
  expect((await paul.get(`/connexion/${other}`, spoken)).status).toBe(404);
});

test('000-C4 000-C5 000-07: participants see no tool, and every address answers them, strangers and administrators as if it did not exist', async () => {
  const page = await (await jean.get(here())).page();
  expect(page.querySelector('.msg__tools')).toBeNull();
  expect(page.toString()).not.toContain('/gestion');
  const message = await messageId();
  const acts = [
    'titre',
    'clore',
    'rouvrir',
    'expiration',
    'duree',
    'relancer',
    'relances',
    `relances/${world.ctx.newId()}/annuler`,
    'transferer',
    'passe',
    'reprendre',
  ];
  const addresses = [...acts, `messages/${message}/retirer`, `messages/${message}/expiration`];
  const browsers = [jean, await site.browserOf(world.alain.profileId)];
  for (const browser of browsers) {
    expect((await browser.get(here(`/gestion/messages/${message}`))).status).toBe(404);
    for (const act of addresses) expect((await browser.post(here(`/gestion/${act}`), { titre: 'x', expire: '2015-05-01' })).status, act).toBe(404);
    expect((await browser.get('/profil/absence')).status).toBe(404);
  }
  const stranger = await site.browser().post(here('/gestion/clore'), {});
  expect(stranger.headers.get('location')).toContain('/ouvrir-une-session');
  const row = await world.ctx.db.selectFrom('conversations').select('status').where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.status).toBe('open');
});

test('000-48: once expired, the page says that nothing of it can be changed any more', async () => {
  world.clock.set('2016-02-01T20:14:18.000Z');
  await expireMessages(world.ctx);
  marie = await site.browserOf(world.marie.profileId);
  const page = await (await marie.get(here('/gestion'))).page();
  expect(text(page, '#etat')).toContain('Tous les messages de cette conversation ont expiré');
  expect(page.querySelector('#intitule')).toBeNull();
  const answer = await marie.post(here(`/gestion/messages/${await messageId()}/expiration`), { expire: '2016-06-01' });
  expect(answer.status).toBe(410);
});
