import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addPeople, openMessage } from '#domain/conversations/api.ts';
import { listKeptMails } from '#domain/notices/api.ts';
import { type Conversed, makeConversation } from '../../../../tests/support/conversation.ts';
import { done } from '../../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../../tests/support/site.ts';
import { conversationHref, manageHref, personHref } from '../addresses.ts';

let conversed: Conversed;
let world: Conversed['world'];
let site: TestSite;
let marie: Browser;
let jean: Browser;

beforeEach(async () => {
  conversed = await makeConversation();
  ({ world } = conversed);
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
  jean = await site.browserOf(world.jean.profileId);
});
afterEach(() => world.dispose());

const place = () => ({ id: conversed.id, personaId: world.marie.personaId });
const manage = (act = '') => manageHref(place(), act);
const person = (personaId: string, act = '') => personHref(place(), personaId, act);
const flat = (text = '') => text.replaceAll(/\s+/gu, ' ').trim();
const english = { 'accept-language': 'en' };

async function rows(browser = marie, headers = {}) {
  return (await (await browser.get(manage(), headers)).page()).querySelectorAll('#personnes tbody tr').map((row) => flat(row.text));
}

/** Posts, follows the redirection and gives the page that says what was done. */
async function act(address: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const answer = await marie.post(address, fields, headers);
  expect(answer.status).toBe(303);
  return (await marie.get(answer.headers.get('location') ?? '', headers)).page();
}

describe('the page', () => {
  test('000-C3: its link stands in the conversation for the holder and collaborators, and for nobody else', async () => {
    const link = async (browser: Browser, personaId: string) =>
      (await (await browser.get(conversationHref({ id: conversed.id, personaId }))).page()).querySelectorAll('.head a').map((a) => flat(a.text));
    expect(await link(marie, world.marie.personaId)).toEqual(['Activités', 'Gérer la conversation']);
    expect(await link(jean, world.jean.personaId)).toEqual(['Activités']);
    done(await addPeople(conversed.marie, { ...conversed.byMarie, addresses: [world.paul.address], role: 'collaborator', past: true }));
    const paul = await site.browserOf(world.paul.profileId);
    expect(await link(paul, world.paul.personaId)).toEqual(['Activités', 'Gérer la conversation']);
    expect((await paul.get(manageHref({ id: conversed.id, personaId: world.paul.personaId }))).status).toBe(200);
  });

  test('000-C3: it shows each person in words: role, account, notice, openings', async () => {
    await conversed.add(['lou@courriel.example'], { past: true });
    await world.runJobs();
    const { messages } = await conversed.thread(conversed.jean);
    done(await openMessage(conversed.jean, { conversationId: conversed.id, personaId: world.jean.personaId, messageId: messages[0]?.id ?? '' }));
    const [holder, participant, newcomer] = await rows();
    expect(holder).toMatch(/Marie Unetelle \(vous\).*titulaire.*Compte ouvert.*Vous.*Aucun message reçu/u);
    expect(participant).toMatch(
      /Jean Dubé.*participant.*Compte ouvert.*Avis envoyé.*Remis au service de courriel le 02 févr.*A ouvert 1 message sur 1.*La dernière fois/u,
    );
    expect(newcomer).toMatch(/lou@.*Pas encore de compte.*Avis envoyé.*A ouvert 0 messages? sur 1/u);
    const [, inEnglish] = await rows(marie, english);
    expect(inEnglish).toMatch(/Notice sent.*Handed to the mail service.*Opened 1 of 1 message/u);
  });

  test('000-07 000-06: participants, strangers, administrators and former people get the same 404 for every address, and nothing changes', async () => {
    done(await conversed.add([world.paul.address], { role: 'collaborator', past: true }));
    const paul = await site.browserOf(world.paul.profileId);
    await marie.post(person(world.paul.personaId, 'retirer'), {});
    const others = [jean, paul, await site.browserOf(world.alain.profileId), await site.browserOf(conversed.nadia.actor.profileId)];
    const owners = [world.jean.personaId, world.paul.personaId, world.alain.personaId, conversed.nadiaId];
    const before = await rows();
    const pages = new Set<string>();
    for (const [n, browser] of others.entries()) {
      for (const personaId of [owners[n] ?? '', world.marie.personaId]) {
        const own = { id: conversed.id, personaId };
        const subject = world.jean.personaId;
        const answers = [
          await browser.get(manageHref(own)),
          await browser.get(personHref(own, subject)),
          await browser.post(manageHref(own, 'personnes'), { participants: 'lou@courriel.example', passe: 'avec', role: 'participant' }),
          await browser.post(personHref(own, subject, 'retirer'), {}),
          await browser.post(personHref(own, subject, 'adresse'), { adresse: 'lou@courriel.example' }),
          await browser.post(personHref(own, subject, 'avis'), {}),
        ];
        for (const answer of answers) {
          expect(answer.status).toBe(404);
          pages.add(flat((await answer.page()).querySelector('main .card')?.text));
        }
      }
    }
    expect([...pages]).toHaveLength(1);
    expect(await rows()).toEqual(before);
  });

  test('somebody signed out, or whose session ended meanwhile, is sent to sign in and back to the page; nothing is done', async () => {
    const stranger = site.browser();
    for (const address of [manage('personnes'), ...['retirer', 'adresse', 'avis', 'role'].map((act) => person(world.jean.personaId, act))]) {
      const answer = await stranger.post(address, {});
      expect(answer.headers.get('location')).toBe(`/ouvrir-une-session?retour=${encodeURIComponent(manage())}`);
    }
    expect((await stranger.get(manage())).headers.get('location')).toContain('/ouvrir-une-session');
    world.clock.advance(13 * 3600, { sessions: true });
    const late = await marie.post(manage('personnes'), { participants: 'lou@courriel.example' });
    expect(late.headers.get('location')).toBe(`/ouvrir-une-session?retour=${encodeURIComponent(manage())}`);
    const back = await site.browserOf(world.marie.profileId);
    expect(await rows(back)).toHaveLength(2);
  });
});

describe('adding', () => {
  test.each([
    ['fr-CA', /1 personne ajoutée\. Un avis lui est envoyé/u, /nadia\.roy@courriel\.example ajoutée, sans le passé/u],
    ['en', /1 person added\. They are sent a notice/u, /nadia\.roy@courriel\.example added, without the past/u],
  ])('000-C2: by address, without the past unless chosen; the others read it in the activities (%s)', async (language, sentence, line) => {
    const page = await act(manage('personnes'), { participants: world.nadiaAddress }, { 'accept-language': language });
    expect(flat(page.querySelector('.toast')?.text)).toMatch(sentence);
    const activities = await (await jean.get(`/connexion/${conversed.id}/activites`, { 'accept-language': language })).page();
    expect(flat(activities.querySelector('tbody')?.text)).toMatch(line);
    const nadia = await site.browserOf(conversed.nadia.actor.profileId);
    const seen = await (await nadia.get(`/connexion/${conversed.id}`)).page();
    expect(seen.querySelectorAll('.env, .bub')).toHaveLength(0);
  });

  test.each([
    ['fr-CA', /Ceci n’est pas une adresse : pas-une-adresse/u, /déjà dans la conversation : jeand@courriel\.example/u, /pas celle d’un collaborateur/u],
    ['en', /This is not an address: pas-une-adresse/u, /already in the conversation: jeand@courriel\.example/u, /not the address of a collaborator/u],
  ])('000-C2: a refusal names the address, keeps what was typed, and adds nobody (%s)', async (language, ...sentences) => {
    const wrong = [
      { participants: `pas-une-adresse\n${world.nadiaAddress}` },
      { participants: `${world.nadiaAddress}\n${world.jean.address}`, passe: 'avec' },
      { participants: world.nadiaAddress, role: 'collaborateur' },
    ];
    for (const [n, fields] of wrong.entries()) {
      const answer = await marie.post(manage('personnes'), fields, { 'accept-language': language });
      expect([409, 422]).toContain(answer.status);
      const page = await answer.page();
      expect(flat(page.querySelector('[data-error-summary]')?.text)).toMatch(sentences[n] ?? /^$/u);
      expect(page.querySelector('#participants')?.text).toContain(world.nadiaAddress);
      expect(page.querySelector(`#passe-${fields.passe ?? 'sans'}`)?.hasAttribute('checked')).toBe(true);
    }
    expect(await rows()).toHaveLength(2);
    expect((await marie.post(manage('personnes'), { participants: 'a\0b' })).status).toBe(422);
    expect((await marie.post(manage('personnes'), {})).status).toBe(422);
  });
});

describe('one person', () => {
  test.each([
    ['fr-CA', /jeand@courriel\.example ne peut plus rien lire/u, /Vous ne participez plus à cette conversation/u],
    ['en', /jeand@courriel\.example can no longer read anything/u, /You no longer take part in this conversation/u],
  ])('000-C2 S-08 000-Y3: removed, they find nothing; their notice’s link says so after sign-in, to them alone (%s)', async (language, done_, former) => {
    await world.runJobs();
    const [mail] = await listKeptMails(world.ctx, { to: world.jean.address, limit: 1 });
    const link = new URL(mail?.links[0] ?? '').pathname;
    const headers = { 'accept-language': language };
    const page = await act(person(world.jean.personaId, 'retirer'), {}, headers);
    expect(flat(page.querySelector('.toast')?.text)).toMatch(done_);
    expect((await jean.get(`/connexion/${conversed.id}`)).status).toBe(404);
    expect((await jean.get(`/connexion/${conversed.id}/activites`)).status).toBe(404);
    expect(flat((await (await jean.get(link, headers)).page()).querySelector('h1')?.text)).toMatch(former);
    expect((await site.browser().get(link)).headers.get('location')).toContain('/ouvrir-une-session');
    // Twice is once.
    expect((await marie.post(person(world.jean.personaId, 'retirer'), {})).status).toBe(303);
  });

  test('000-C2: the holder’s page has no button to remove, and a post is refused with the sentence', async () => {
    const page = await (await marie.get(person(world.marie.personaId))).page();
    expect(page.querySelectorAll('main form')).toHaveLength(0);
    expect(flat(page.querySelector('#retirer')?.text)).toContain('Le titulaire ne peut pas être retiré');
    const answer = await marie.post(person(world.marie.personaId, 'retirer'), {});
    expect(answer.status).toBe(409);
    expect(flat((await answer.page()).querySelector('[data-error-summary]')?.text)).toContain('Le titulaire ne peut pas être retiré');
  });

  test.each([
    ['fr-CA', /Le prochain pourra être envoyé le 02 févr\., 2015 – 15:24:18 HNE/u, /Un nouvel avis part à jeand@courriel\.example/u],
    ['en', /The next one can be sent on Feb 02, 2015 – 15:24:18 EST/u, /A new notice goes to jeand@courriel\.example/u],
  ])('000-C3: too soon, the page and the refusal say when a notice can be sent again; then it is sent (%s)', async (language, when, sent) => {
    await world.runJobs();
    const headers = { 'accept-language': language };
    const early = await marie.post(person(world.jean.personaId, 'avis'), {}, headers);
    expect(early.status).toBe(429);
    expect(flat((await early.page()).querySelector('[data-error-summary]')?.text)).toMatch(when);
    const page = await (await marie.get(person(world.jean.personaId), headers)).page();
    expect(page.querySelector('#renvoyer')?.getAttribute('aria-disabled')).toBe('true');
    expect(flat(page.querySelector('#renvoyer-reason')?.text)).toMatch(when);
    world.clock.advance(600);
    const after = await act(person(world.jean.personaId, 'avis'), {}, headers);
    expect(flat(after.querySelector('.toast')?.text)).toMatch(sent);
  });

  test.each([
    ['fr-CA', /L’adresse est corrigée\. Une invitation part à nadia\.roy@courriel\.example/u, /Adresse corrigée : nadia\.roy@courriel\.example/u],
    ['en', /The address is corrected\. An invitation goes to nadia\.roy@courriel\.example/u, /Address corrected: nadia\.roy@courriel\.example/u],
  ])('000-C3: a mistyped address is corrected; its link is gone for whoever it reached (%s)', async (language, sentence, line) => {
    await conversed.add(['nadai.roy@courriel.example'], { past: true });
    await world.runJobs();
    const [mail] = await listKeptMails(world.ctx, { to: 'nadai.roy@courriel.example', limit: 1 });
    const { personaId } = (await conversed.states()).get('nadai.roy@courriel.example') ?? { personaId: '' };
    const headers = { 'accept-language': language };
    expect((await marie.post(person(personaId, 'adresse'), { adresse: 'pas-une-adresse' }, headers)).status).toBe(422);
    const again = await marie.post(person(personaId, 'adresse'), { adresse: world.jean.address }, headers);
    expect(again.status).toBe(409);
    expect((await again.page()).querySelector('#adresse')?.getAttribute('value')).toBe(world.jean.address);
    const page = await act(person(personaId, 'adresse'), { adresse: world.nadiaAddress }, headers);
    expect(flat(page.querySelector('.toast')?.text)).toMatch(sentence);
    const activities = flat((await (await jean.get(`/connexion/${conversed.id}/activites`, headers)).page()).querySelector('tbody')?.text);
    expect(activities).toMatch(line);
    expect(activities).not.toContain('nadai');
    expect((await jean.get(new URL(mail?.links[0] ?? '').pathname)).status).toBe(404);
    expect((await marie.get(person(personaId))).status).toBe(404);
  });

  test('000-C3: once they opened a message, the page says why the address cannot be corrected, and so does the refusal', async () => {
    const { messages } = await conversed.thread(conversed.jean);
    done(await openMessage(conversed.jean, { conversationId: conversed.id, personaId: world.jean.personaId, messageId: messages[0]?.id ?? '' }));
    const page = await (await marie.get(person(world.jean.personaId))).page();
    expect(flat(page.querySelector('#corriger')?.text)).toContain('a déjà ouvert ou écrit un message');
    expect(page.querySelector('#adresse')).toBeNull();
    const answer = await marie.post(person(world.jean.personaId, 'adresse'), { adresse: world.nadiaAddress });
    expect(answer.status).toBe(409);
    expect(flat((await answer.page()).querySelector('[data-error-summary]')?.text)).toContain('a déjà ouvert ou écrit un message');
  });
});

test.each([
  [
    'fr-CA',
    'Qui peut lire ceci?',
    /ni les administrateurs, ni les autres collaborateurs \(Innovactione\), ni les personnes retirées/u,
    /Pourra lire une fois son compte ouvert/u,
  ],
  ['en', 'Who can read this?', /neither the administrators, nor the other collaborators \(Innovactione\)/u, /Will be able to read once their account is open/u],
])(
  '000-07 S-10: «Qui peut lire ceci?» names the readers and says who is not one, on both pages, to participants too (%s)',
  async (language, title, others, later) => {
    done(await conversed.add(['lou@courriel.example']));
    const headers = { 'accept-language': language };
    for (const browser of [marie, jean]) {
      const fold = (await (await browser.get(`/connexion/${conversed.id}`, headers)).page()).querySelector('details.people-fold');
      expect(flat(fold?.querySelector('summary')?.text)).toBe(title);
      expect(flat(fold?.text)).toMatch(/Marie Unetelle.*Jean Dubé.*lou@/u);
      expect(flat(fold?.text)).toMatch(others);
      expect(flat(fold?.text)).toMatch(later);
    }
    const card = (await (await marie.get(manage(), headers)).page()).querySelector('#lecteurs');
    expect(flat(card?.querySelector('h2')?.text)).toBe(title);
    expect(flat(card?.text)).toMatch(others);
  },
);

describe('changing a role', () => {
  test.each([
    ['fr-CA', 'Le rôle de paul.tremblay@innovactione.example est changé.', 'devient collaborateur de la conversation', 'pas celle d’un collaborateur'],
    ['en', 'The role of paul.tremblay@innovactione.example is changed.', 'becomes a collaborator of the conversation', 'not the address of a collaborator'],
  ])(
    '000-C7: a colleague is given the tools, the others read it; a participant from outside is refused with the reason (%s)',
    async (language, done, line, no) => {
      const spoken = { 'accept-language': language };
      await act(manage('personnes'), { participants: world.paul.address }, spoken);
      const page = await act(person(world.paul.personaId, 'role'), { role: 'collaborateur' }, spoken);
      expect(flat(page.querySelector('.toast')?.text)).toContain(done);
      expect(page.querySelector('#role input[value=collaborateur]')?.hasAttribute('checked')).toBe(true);
      const activities = await (await jean.get(`/connexion/${conversed.id}/activites`, spoken)).page();
      expect(flat(activities.querySelector('tbody')?.text)).toContain(line);
      const refused = await marie.post(person(world.jean.personaId, 'role'), { role: 'collaborateur' }, spoken);
      expect(refused.status).toBe(422);
      expect(flat((await refused.page()).querySelector('main')?.text)).toContain(no);
      expect((await jean.post(person(world.paul.personaId, 'role'), { role: 'participant' }, spoken)).status).toBe(404);
    },
  );
});
