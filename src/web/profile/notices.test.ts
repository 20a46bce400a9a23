import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveConversation, muteConversation, postMessage } from '#domain/conversations/api.ts';
import { readPreferences, sendAlert, sendCode, sendInvitation } from '#domain/notices/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let jean: Browser;
let paul: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  const site = await makeSite(world);
  jean = await site.browserOf(world.jean.profileId);
  paul = await site.browserOf(world.paul.profileId);
});
afterEach(() => world.dispose());

const marie = () => world.as(world.marie.profileId);

async function rows(browser: Browser, path = '/profil/avis') {
  const page = await (await browser.get(path)).page();
  return page.querySelectorAll('tbody tr').map((row) => row.text.replace(/\s+/g, ' ').trim());
}

describe('«Avis envoyés»', () => {
  test.each([
    ['fr-CA', 'Avis envoyés', 'Les vrais avis sont tous ici', 'Envoyé'],
    ['en', 'Notices sent', 'All true notices are here', 'Sent'],
  ])('S-08 000-04: when, to which address, from whom, about which conversation (%s)', async (language, title, lead, state) => {
    const id = await converse(await marie(), world.marie.personaId, { title: 'Relevé de placement' });
    await world.runJobs();
    await jean.get(`/profil?lang=${language}`);
    const page = await (await jean.get('/profil/avis')).page();
    expect(page.querySelector('h1')?.text).toBe(title);
    expect(page.querySelector('main')?.text).toContain(lead);
    const [row] = page.querySelectorAll('tbody tr');
    for (const text of ['2015', world.jean.address, world.marie.address, 'Innovactione', state]) expect(row?.text).toContain(text);
    expect(row?.querySelector('a')?.getAttribute('href')).toBe(`/connexion/${id}?persona=${world.jean.personaId}`);
    expect(row?.querySelector('a')?.text.trim()).toBe('Relevé de placement');
  });

  test('S-18 000-07: a conversation one has left, or that expired, has no title any more', async () => {
    const left = await converse(await marie(), world.marie.personaId, { title: 'Quittée' });
    await converse(await marie(), world.marie.personaId, { title: 'Expirée bientôt' });
    await world.runJobs();
    done(await leaveConversation(await world.as(world.jean.profileId), { conversationId: left, personaId: world.jean.personaId }));
    expect((await rows(jean)).join(' ')).toContain('Vous n’y participez plus');
    expect((await rows(jean)).join(' ')).not.toContain('Quittée');
    world.clock.advance(366 * 86_400, { sessions: false });
    const all = (await rows(jean)).join(' ');
    expect(all).toContain('Conversation expirée');
    expect(all).not.toContain('Expirée bientôt');
  });

  test('000-Y2: one that waits says until when, one about a muted conversation says so', async () => {
    await jean.post('/profil/avis/reglages', { langue: '', de: '15:00', a: '07:00', 'jour-1': 'oui' });
    const id = await converse(await marie(), world.marie.personaId);
    await world.runJobs();
    expect((await rows(jean))[0]).toMatch(/En attente ?remis à 07:00/);
    const own = await world.as(world.jean.profileId);
    done(await muteConversation(own, { conversationId: id, personaId: world.jean.personaId, muted: true }));
    await jean.post('/profil/avis/reglages', { langue: '', de: '', a: '' });
    await world.runJobs();
    expect((await rows(jean))[0]).toContain('En sourdine');
  });

  test('twenty a page, both addresses together, the newest first; nothing of anybody else’s', async () => {
    const sender = await marie();
    const id = await converse(sender, world.marie.personaId, { participants: [world.jean.address, 'jean.dube@atelier.example'] });
    for (let count = 0; count < 12; count++) {
      world.clock.advance(1);
      done(await postMessage(sender, { conversationId: id, personaId: world.marie.personaId, message: 'Un mot', uploadIds: [], postKey: sender.newId() }));
    }
    const page = await (await jean.get('/profil/avis')).page();
    expect(page.querySelectorAll('tbody tr')).toHaveLength(20);
    const older = page.querySelectorAll('main nav a').at(-1)?.getAttribute('href') ?? '';
    expect(await rows(jean, older)).toHaveLength(6);
    expect(await rows(jean, '/profil/avis?avant=nulle-part')).toHaveLength(20);
    expect(await rows(paul)).toHaveLength(0);
    paul.cookies.clear();
    expect((await paul.get('/profil/avis')).headers.get('location')).toContain('/ouvrir-une-session');
  });
});

describe('«Langue et heures calmes»', () => {
  test.each([
    ['fr-CA', 'Heures calmes', 'lundi', 'Vos réglages des avis sont enregistrés.'],
    ['en', 'Quiet hours', 'Monday', 'Your notice settings are saved.'],
  ])('000-Y2: are kept as they were typed (%s)', async (language, title, day, saved) => {
    await jean.get(`/profil?lang=${language}`);
    const empty = await (await jean.get('/profil/avis/reglages')).page();
    expect(empty.querySelector('#calme-title')?.text).toBe(title);
    expect(empty.querySelector('label[for=jour-1]')?.text).toBe(day);
    await jean.post('/profil/avis/reglages', { langue: 'en', de: '22:00', a: '7h00', 'jour-1': 'oui', 'jour-7': 'oui' });
    const page = await (await jean.get('/profil/avis/reglages')).page();
    expect(page.querySelector('.toast')?.text).toContain(saved);
    expect(['de', 'a'].map((name) => page.querySelector(`#${name}`)?.getAttribute('value'))).toEqual(['22:00', '07:00']);
    expect(page.querySelectorAll('input[checked]').map((box) => box.id)).toEqual(['jour-1', 'jour-7']);
    expect(await readPreferences(await world.as(world.jean.profileId))).toEqual({ locale: 'en', quiet: { from: 1320, to: 420, days: [1, 7] } });
  });

  test.each([
    [{ de: '22:00', a: '', 'jour-1': 'oui' }, '#a-error', 'Il manque une heure'],
    [{ de: 'tard', a: '07:00', 'jour-1': 'oui' }, '#de-error', 'Il manque une heure'],
    [{ de: '22:00', a: '07:00' }, '#jours-error', 'Aucun jour coché'],
    [
      Object.fromEntries([['de', '00:00'], ['a', '00:00'], ...[1, 2, 3, 4, 5, 6, 7].map((day) => [`jour-${day}`, 'oui'])]),
      '#a-error',
      'cacheraient tous vos messages',
    ],
  ])('000-Y2: what is incomplete or endless is refused, and what was typed stays (%j)', async (typed, field, sentence) => {
    const refused = await jean.post('/profil/avis/reglages', { langue: '', ...typed });
    expect(refused.status).toBe(422);
    const page = await refused.page();
    expect(page.querySelector(field)?.text).toContain(sentence);
    expect(page.querySelector('#de')?.getAttribute('value')).toBe(typed.de);
    expect((await readPreferences(await world.as(world.jean.profileId))).quiet).toBeUndefined();
  });
});

test.each([
  ['fr-CA', 'Votre mot de passe a changé', 'Votre code pour ouvrir une session', 'Un accès vous est ouvert'],
  ['en', 'Your password has changed', 'Your code to sign in', 'You have been given access'],
])(
  'S-08: codes, alerts and invitations are listed too, by the subject they had and never with what they held (%s)',
  async (language, alert, code, invitation) => {
    const own = await world.as(world.jean.profileId);
    await sendAlert(world.ctx, { to: world.jean.address, kind: 'password-changed', locale: 'fr-CA' });
    await sendCode(world.ctx, { to: world.jean.address.toUpperCase(), purpose: 'sign-in', code: '31415926', minutes: 10, locale: 'fr-CA' });
    await sendInvitation(world.ctx, { to: world.jean.address, organisationId: world.organisationId });
    await sendAlert(world.ctx, { to: world.paul.address, kind: 'password-reset', locale: 'fr-CA' });
    expect(own.actor.personas).toHaveLength(2);
    await jean.get(`/profil?lang=${language}`);
    const shown = await rows(jean);
    expect(shown).toHaveLength(3);
    const waiting = language === 'en' ? 'Waiting' : 'En attente';
    for (const [index, subject] of [invitation, code, alert].entries()) {
      expect(shown[index]).toContain(subject);
      expect(shown[index]).toContain(waiting);
    }
    expect(shown[0]).toContain('Innovactione');
    await world.runJobs();
    expect((await rows(jean)).join()).not.toContain('31415926');
    expect((await rows(jean)).every((row) => row.includes(language === 'en' ? 'Sent' : 'Envoyé'))).toBe(true);
  },
);
