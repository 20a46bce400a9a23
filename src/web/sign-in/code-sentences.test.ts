import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
});
afterEach(() => world.dispose());

test.each([
  ['fr-CA', /Ce code n’est pas le bon/u, /Ce code n’est plus valable/u, /Ce code a déjà servi/u],
  ['en', /This is not the right code/u, /This code is no longer valid/u, /This code has already been used/u],
])('S-14: a wrong, an expired and a used code are each told in the reader’s language (%s)', async (language, wrong, expired, used) => {
  const jean = site.browser();
  const headers = { 'accept-language': language };
  const summary = async (code: string) => (await (await jean.post('/code', { code }, headers)).page()).querySelector('main')?.text;
  await jean.post('/ouvrir-une-session', { identifiant: world.jean.address }, headers);
  await jean.post('/ouvrir-une-session/methode', { methode: 'code', 'mot-de-passe': '' }, headers);
  const code = await world.lastCode(world.jean.address);
  expect(await summary(code === '00000000' ? '11111111' : '00000000')).toMatch(wrong);

  world.clock.advance(601);
  expect(await summary(code)).toMatch(expired);

  await jean.post('/code/renvoyer', {}, headers);
  const fresh = await world.lastCode(world.jean.address);
  const door = new Map(jean.cookies);
  expect((await jean.post('/code', { code: fresh }, headers)).status).toBe(303);
  jean.cookies.clear();
  for (const [name, value] of door) jean.cookies.set(name, value);
  expect(await summary(fresh)).toMatch(used);
});
