import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let jean: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  jean = await site.browserOf(world.jean.profileId);
  const marie = await world.as(world.marie.profileId);
  for (let number = 1; number <= 12; number++) {
    world.clock.advance(60);
    await converse(marie, world.marie.personaId, { title: `Dossier ${number}` });
  }
});
afterEach(() => world.dispose());

async function titles(browser: Browser, path = '/connexion', headers = {}) {
  const page = await (await browser.get(path, headers)).page();
  return page.querySelectorAll('tbody a.ttl').map((link) => link.text.trim());
}

describe('000-35: size and order', () => {
  test('000-35: are remembered for the person, in every browser, and by whoever comes back', async () => {
    expect(await titles(jean)).toHaveLength(10);
    expect(await titles(jean, '/connexion?taille=20&ordre=ancien')).toHaveLength(12);
    expect((await titles(jean))[0]).toBe('Dossier 1');
    const phone = await site.browserOf(world.jean.profileId);
    expect(await titles(phone)).toHaveLength(12);
    expect(await titles(phone, '/connexion?ordre=recent')).toHaveLength(12);
    expect((await titles(jean))[0]).toBe('Dossier 12');
    expect((await titles(await site.browserOf(world.marie.profileId)))[0]).toBe('Dossier 12');
    expect(await titles(await site.browserOf(world.marie.profileId))).toHaveLength(10);
  });

  test('000-35: are not changed by a page fetched ahead, by a screen that looks again, nor by what is no size', async () => {
    await titles(jean, '/connexion?taille=20&ordre=ancien', { 'sec-purpose': 'prefetch' });
    await titles(jean, '/connexion?taille=12&ordre=autre');
    expect(await titles(jean)).toHaveLength(10);
    expect((await titles(jean))[0]).toBe('Dossier 12');
  });
});

describe('«Trier par», where the table has become cards', () => {
  test.each([
    ['fr-CA', 'Trier par', 'Trier'],
    ['en', 'Sort by', 'Sort'],
  ])('000-28 000-35: a select and a button, without scripts; the page keeps its address and size (%s)', async (language, label, button) => {
    await jean.get(`/profil?lang=${language}`);
    const page = await (await jean.get('/connexion?taille=20')).page();
    const form = page.querySelector('form.sort');
    expect(form?.querySelector('label')?.text).toBe(label);
    expect(form?.querySelector('button')?.text.trim()).toBe(button);
    expect(form?.querySelectorAll('input').map((field) => [field.getAttribute('name'), field.getAttribute('value')])).toEqual([
      ['persona', world.jean.personaId],
      ['taille', '20'],
    ]);
    expect(form?.querySelector('option[selected]')?.getAttribute('value')).toBe('recent');
  });

  test('000-38: the activities are sorted three ways and back by it too', async () => {
    const marie = await world.as(world.marie.profileId);
    const id = await converse(marie, world.marie.personaId, { title: 'Triée' });
    const href = `/connexion/${id}/activites?persona=${world.jean.personaId}`;
    const form = (await (await jean.get(href)).page()).querySelector('form.sort');
    expect(form?.querySelectorAll('option').map((option) => option.getAttribute('value'))).toEqual([
      'nom-asc',
      'nom-desc',
      'activite-asc',
      'activite-desc',
      'date-desc',
      'date-asc',
    ]);
    for (const value of ['nom-asc', 'nom-desc', 'activite-asc', 'activite-desc', 'date-asc', 'date-desc']) {
      const page = await (await jean.get(`${href}&tri=${value}`)).page();
      expect(page.querySelector('form.sort option[selected]')?.getAttribute('value')).toBe(value);
      expect(page.querySelector('th[aria-sort]')?.getAttribute('aria-sort')).toBe(value.endsWith('desc') ? 'descending' : 'ascending');
    }
    // Links of before keep their meaning.
    const linked = await (await jean.get(`${href}&tri=nom&sens=desc`)).page();
    expect(linked.querySelector('form.sort option[selected]')?.getAttribute('value')).toBe('nom-desc');
  });
});
