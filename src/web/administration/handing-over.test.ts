import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let alain: Browser;
beforeEach(async () => {
  world = await makeInnovactione();
  alain = await (await makeSite(world)).browserOf(world.alain.profileId);
});
afterEach(() => world.dispose());

const at = () => `/administration/innovactione/collaborateurs/${world.marie.personaId}`;
const card = async (headers: Record<string, string>) => (await (await alain.get(at(), headers)).page()).querySelector('#transferer');
const flat = (text = '') => text.replaceAll(/\s+/gu, ' ').trim();

async function handedOver(change: { done_at?: Date; stopped?: string } = {}) {
  const now = world.clock.now();
  const people = { from_persona_id: world.marie.personaId, to_persona_id: world.paul.personaId };
  await world.ctx.db
    .insertInto('handovers')
    .values({ organisation_id: world.organisationId, id: world.ctx.newId(), ...people, total: 4500, moved: 1200, begun_at: now, moved_at: now, ...change })
    .execute();
}

test.each([
  ['fr-CA', '1200 conversations sur 4500 sont transférées à paul.tremblay@innovactione.example', 'Ses conversations sont en train de passer à'],
  ['en', '1200 of 4500 conversations are handed over to paul.tremblay@innovactione.example', 'Their conversations are being handed over to'],
])('000-A2: the administrator sees how far a long hand-over is, and is told when another waits for it (%s)', async (language, progress, underWay) => {
  const spoken = { 'accept-language': language };
  await handedOver();
  const shown = await card(spoken);
  expect(flat(shown?.querySelector('[role=status]')?.text).replaceAll(/(\d)\D(\d{3})/gu, '$1$2')).toContain(progress);
  expect(shown?.querySelector('progress')?.attributes).toMatchObject({ max: '4500', value: '1200' });
  expect(shown?.querySelector('input[name=collegue]')?.getAttribute('value')).toBe(world.paul.address);
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  const refused = await alain.post(`${at()}/transferer`, { collegue: nadia.address }, spoken);
  expect(refused.status).toBe(409);
  expect(flat((await refused.page()).querySelector('main')?.text)).toContain(underWay);
  // Asking where it is sets it off again, should it have stood still.
  expect((await alain.post(`${at()}/transferer`, { collegue: world.paul.address }, spoken)).status).toBe(303);
});

test('000-A2: one that stopped says why, and another colleague can be chosen; one that is done says nothing more', async () => {
  await handedOver({ done_at: world.clock.now(), stopped: 'holder.not-a-collaborator' });
  const stopped = await card({});
  expect(flat(stopped?.text)).toContain('n’était plus collaboratrice');
  expect(stopped?.querySelector('input[name=collegue]')?.getAttribute('type')).toBe('email');
  world.clock.advance(60);
  await handedOver({ done_at: world.clock.now() });
  expect(flat((await card({}))?.text)).not.toContain('collaboratrice');
});
