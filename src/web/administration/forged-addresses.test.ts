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

const base = '/administration/innovactione';

test('000-A3: addresses written by hand lead to a page or to none, never to a breakdown', async () => {
  const alain = await site.browserOf(world.alain.profileId);
  const dashes = '-'.repeat(36);
  const readable = [
    'du=0000-01-01&au=9999-12-31',
    `avant=2026-01-01T00:00:00.000Z_${dashes}`,
    `avant=%2B275760-09-13T00:00:00.000Z_${world.ctx.newId()}`,
    `avant=0000-01-01T00:00:00Z_${world.ctx.newId()}`,
    'personne=%00',
    'acte=policy.changed%27',
  ];
  for (const query of readable) expect((await alain.get(`${base}/journal?${query}`)).status, query).toBe(200);
  for (const query of readable) expect((await alain.get(`${base}/journal.csv?${query}`)).status, query).toBe(200);
  for (const query of ['q=%00', 'q=%27%3A*&page=999999', 'q=%F0%9F%98%80'])
    expect((await alain.get(`${base}/collaborateurs?${query}`)).status, query).toBe(200);
  for (const id of ['abc', dashes, world.ctx.newId(), '%00']) {
    expect((await alain.get(`${base}/collaborateurs/${id}`)).status, id).toBe(404);
    expect((await alain.get(`${base}/collaborateurs/${id}/supprimer`)).status, id).toBe(404);
    for (const act of ['roles', 'suspendre', 'retablir', 'inviter', 'transferer', 'supprimer']) {
      expect(
        (await alain.post(`${base}/collaborateurs/${id}/${act}`, { 'role-collaborator': 'on', collegue: world.paul.address })).status,
        `${id} ${act}`,
      ).toBe(404);
    }
  }
});
