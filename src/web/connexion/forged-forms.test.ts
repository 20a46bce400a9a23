import { afterEach, beforeEach, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;
let id: string;
beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
  id = await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
});
afterEach(() => world.dispose());

/** What no form of Pli sends: a NUL, half a character, an id that is none, a number too long. */
const forged = ['\0', 'a\0b@innovactione.example', '\ud800', '-'.repeat(36), '9'.repeat(40), "' or 1=1 --", '../../etc/passwd'];

test('000-Y3: whatever is written in a form by hand, Pli answers with a page and never with a breakdown', async () => {
  const persona = `?persona=${world.marie.personaId}`;
  const message = (await world.ctx.db.selectFrom('messages').select('id').executeTakeFirstOrThrow()).id;
  const manage = `/connexion/${id}/gestion`;
  const acts: [string, string[]][] = [
    [`/connexion/${id}/messages`, ['message', 'cle', 'persona', 'fichier-recu']],
    ['/connexion/nouvelle', ['titulaire', 'titre', 'participants', 'message', 'cle', 'expire']],
    [`/connexion/${id}/brouillon`, ['message', 'cle', 'version', 'page']],
    [`${manage}/personnes`, ['participants', 'passe', 'role']],
    [`${manage}/personnes/${world.jean.personaId}/adresse`, ['adresse']],
    [`${manage}/titre`, ['titre']],
    [`${manage}/expiration`, ['expire']],
    [`${manage}/duree`, ['jours']],
    [`${manage}/relances`, ['relance']],
    [`${manage}/transferer`, ['successeur', 'avec-passe']],
    [`${manage}/passe`, ['remplacement']],
    [`${manage}/messages/${message}/expiration`, ['expire']],
    ['/profil', ['nom', 'langue', 'fuseau', 'theme']],
    ['/profil/avis/reglages', ['langue', 'de', 'a', 'jour-1']],
    ['/profil/absence', ['titulaire', 'collegue', 'du', 'au']],
    ['/profil/adresses', ['adresse', 'retour']],
  ];
  for (const [path, fields] of acts) {
    for (const field of fields) {
      for (const value of forged) {
        const whole = {
          message: 'Bonjour',
          titre: 'Titre',
          participants: world.jean.address,
          titulaire: world.marie.personaId,
          nom: 'Marie',
          cle: world.ctx.newId(),
        };
        const answer = await marie.post(`${path}${persona}`, { ...whole, [field]: value });
        expect(answer.status, `${path} ${field} ${JSON.stringify(value)}`).toBeLessThan(500);
      }
    }
  }
});

test('000-07: ids written by hand in an address open nothing and break nothing', async () => {
  for (const other of ['abc', '-'.repeat(36), world.ctx.newId(), '%00', '..%2f..']) {
    for (const path of ['', '/activites', '/gestion', '/quitter', `/pieces/${other}`, `/gestion/personnes/${other}`, `/gestion/messages/${other}`]) {
      expect((await marie.get(`/connexion/${other}${path}`)).status, `${other}${path}`).toBe(404);
    }
    for (const path of [`/pieces/${other}`, `/gestion/personnes/${other}`, `/gestion/messages/${other}`]) {
      expect((await marie.get(`/connexion/${id}${path}`)).status, path).toBe(404);
    }
    expect((await marie.get(`/connexion/${id}?persona=${other}`)).status, other).toBe(404);
    expect((await marie.get(`/connexion?persona=${other}`)).status, other).toBeLessThan(500);
    expect((await marie.get(`/avis/${other}`)).status, other).toBeLessThan(500);
    expect((await marie.get(`/profil/avis?avant=${other}`)).status, other).toBe(200);
    expect((await site.browser().get(`/marque/${other}/${'a'.repeat(22)}`)).status, other).toBeLessThan(500);
    expect((await marie.post(`/profil/absence/${other}/terminer`, {})).status, other).toBeLessThan(500);
  }
});
