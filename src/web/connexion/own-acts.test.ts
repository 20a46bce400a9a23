import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let jean: Browser;
let marie: Browser;
let paul: Browser;
let id: string;

beforeEach(async () => {
  world = await makeInnovactione();
  const site = await makeSite(world);
  jean = await site.browserOf(world.jean.profileId);
  marie = await site.browserOf(world.marie.profileId);
  paul = await site.browserOf(world.paul.profileId);
  id = await converse(await world.as(world.marie.profileId), world.marie.personaId);
});
afterEach(() => world.dispose());

const at = (act: string, personaId = world.jean.personaId) => `/connexion/${id}${act && `/${act}`}?persona=${personaId}`;

async function main(browser: Browser, path: string) {
  const answer = await browser.get(path);
  return (await answer.page()).querySelector('main');
}

describe('«Quitter la conversation»', () => {
  test.each([
    ['fr-CA', 'Quitter la conversation?', 'Vous avez quitté la conversation.', 'A quitté la conversation'],
    ['en', 'Leave the conversation?', 'You have left the conversation.', 'Left the conversation'],
  ])('000-40 000-32: asked first, done once, said in the history (%s)', async (language, question, left, line) => {
    for (const browser of [jean, marie]) await browser.get(`/profil?lang=${language}`);
    expect((await main(jean, at('')))?.toString()).toContain(at('quitter').replace('&', '&amp;'));
    expect((await main(jean, at('quitter')))?.text).toContain(question);
    const answer = await jean.post(at('quitter'), {});
    expect(answer.headers.get('location')).toBe(`/connexion?persona=${world.jean.personaId}`);
    expect((await main(jean, '/connexion'))?.text).toContain(left);
    expect((await jean.get(at(''))).status).toBe(404);
    expect((await jean.get(at('quitter'))).status).toBe(404);
    expect((await jean.post(at('quitter'), {})).headers.get('location')).toBe(`/connexion?persona=${world.jean.personaId}`);
    expect((await main(marie, at('activites', world.marie.personaId)))?.text).toContain(line);
  });

  test('000-32: the holder is told why not, and nothing happens', async () => {
    expect((await main(marie, at('', world.marie.personaId)))?.text).not.toContain('Quitter la conversation');
    const refused = await marie.post(at('quitter', world.marie.personaId), {});
    expect(refused.status).toBe(409);
    expect((await refused.page()).querySelector('[role=alert]')?.text).toContain('Vous êtes titulaire de cette conversation');
    expect((await marie.get(at('', world.marie.personaId))).status).toBe(200);
  });

  test('000-07: a stranger has neither page nor act', async () => {
    for (const personaId of [world.paul.personaId, world.jean.personaId]) {
      expect((await paul.get(at('quitter', personaId))).status).toBe(404);
      expect((await paul.post(at('quitter', personaId), {})).status).toBe(404);
      expect((await paul.post(at('sourdine', personaId), {})).status).toBe(404);
    }
    paul.cookies.clear();
    expect((await paul.post(at('quitter'), {})).headers.get('location')).toContain('/ouvrir-une-session');
    expect((await paul.post(at('sourdine'), {})).headers.get('location')).toContain('/ouvrir-une-session');
    expect((await jean.get(at(''))).status).toBe(200);
  });
});

describe('«En sourdine»', () => {
  test.each([
    ['fr-CA', 'En sourdine', 'Recevoir de nouveau les avis'],
    ['en', 'Muted', 'Receive notices again'],
  ])('000-Y2: marked in the conversation and in the list, and taken back (%s)', async (language, mark, back) => {
    await jean.get(`/profil?lang=${language}`);
    expect((await jean.post(at('sourdine'), { sourdine: 'oui' })).headers.get('location')).toBe(at(''));
    const page = await main(jean, at(''));
    expect(page?.querySelector('.tag')?.text).toContain(mark);
    expect(page?.text).toContain(back);
    expect((await main(jean, '/connexion'))?.querySelector('.marks')?.text).toContain(mark);
    await jean.post(at('sourdine'), { sourdine: 'non' });
    expect((await main(jean, '/connexion'))?.querySelector('.marks')?.text ?? '').not.toContain(mark);
  });
});
