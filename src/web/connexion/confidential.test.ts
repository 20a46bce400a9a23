import { afterEach, beforeEach, expect, test } from 'vitest';
import { addPeople, removePerson } from '#domain/conversations/api.ts';
import { forgetPolicy } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../../tests/support/people.ts';
import { makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  id = await converse(await world.as(world.marie.profileId), world.marie.personaId, { message: 'Voici le relevé de février.' });
  world.clock.advance(60);
});
afterEach(() => world.dispose());

const browserOf = (person: Person) => site.browserOf(person.profileId);

async function activitiesOf(person: Person) {
  const answer = await (await browserOf(person)).get(`/connexion/${id}/activites`);
  if (answer.status !== 200) return answer.status;
  return (await answer.page()).querySelectorAll('tbody tr').map((row) => row.querySelector('.c-title')?.text.replaceAll(/\s+/gu, ' ').trim() ?? '');
}

test('S-02: what a collaborator starts is confidential: no page holds its text before «Ouvrir», and the opening is seen by all', async () => {
  const kept = await world.ctx.db.selectFrom('conversations').select('sensitivity').execute();
  expect(kept).toEqual([{ sensitivity: 'confidential' }]);
  const jean = await browserOf(world.jean);
  for (const path of [`/connexion/${id}`, '/connexion', `/connexion/${id}/activites`]) {
    expect(await (await jean.get(path)).text(), path).not.toContain('Voici le relevé');
  }
  expect([await activitiesOf(world.marie)].flat().join()).not.toMatch(/ouvert/iu);
  const sealed = (await (await jean.get(`/connexion/${id}`)).page()).querySelector('form[action*="ouvrir"]');
  const opened = await jean.post(sealed?.getAttribute('action')?.replaceAll('&amp;', '&') ?? '', {});
  expect(opened.status).toBe(303);
  expect(await (await jean.get(`/connexion/${id}`)).text()).toContain('Voici le relevé');
  const [last] = [await activitiesOf(world.marie)].flat();
  expect([await activitiesOf(world.jean)].flat()[0]).toBe(last);
  expect(last).toMatch(/ouvert/iu);
});

test('S-12: the activities are for those who take part, each with the past they may see; nobody else finds them', async () => {
  const marie = await world.as(world.marie.profileId);
  const asMarie = { conversationId: id, personaId: world.marie.personaId };
  done(await addPeople(marie, { ...asMarie, addresses: [world.paul.address], role: 'participant', past: false }));
  const all = [await activitiesOf(world.marie)].flat();
  expect(all).toHaveLength(4);
  expect(await activitiesOf(world.jean)).toEqual(all);
  // Without the past: his own arrival, and what follows.
  expect(await activitiesOf(world.paul)).toEqual(all.slice(0, 1));
  expect(await activitiesOf(world.alain)).toBe(404);
  done(await removePerson(marie, { ...asMarie, subjectPersonaId: world.paul.personaId }));
  expect(await activitiesOf(world.paul)).toBe(404);
});

test('S-12 000-39: where the organisation keeps them for its collaborators, a participant finds neither the page’s lines nor the link', async () => {
  await world.ctx.db
    .insertInto('policies')
    .values({
      organisation_id: world.organisationId,
      version: 1,
      expiry_min_days: 1,
      expiry_max_days: 400,
      files_bytes: 1000,
      file_types: [],
      recipient_domains: [],
      title_in_notices: false,
      activities_for_participants: false,
      locales: ['fr-CA'],
    })
    .execute();
  forgetPolicy(world.ctx, world.organisationId);
  expect(await activitiesOf(world.jean)).toBe(404);
  expect((await (await (await browserOf(world.jean)).get('/connexion')).page()).querySelector(`a[href*="${id}/activites"]`)).toBeNull();
  expect([await activitiesOf(world.marie)].flat()).toHaveLength(3);
});
