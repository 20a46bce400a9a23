import { afterEach, beforeEach, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { makeSite, type TestSite } from '../../../tests/support/site.ts';
import { conversationHref } from './addresses.ts';

let world: Innovactione;
let site: TestSite;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
});
afterEach(() => world.dispose());

test('000-07: a stranger, a former participant, an administrator and another organisation’s collaborator get the same 404', async () => {
  const address = conversationHref({ id: await converse(await world.as(world.marie.profileId), world.marie.personaId), personaId: world.marie.personaId });
  const [path = '', id = ''] = /\/connexion\/([^?]+)/u.exec(address) ?? [];
  const pages: string[] = [];
  for (const profileId of [world.paul.profileId, world.alain.profileId]) {
    const browser = await site.browserOf(profileId);
    for (const asked of [path, address, `${path}/activites`, `/connexion/${world.ctx.newId()}`, '/connexion/pas-un-identifiant']) {
      const answer = await browser.get(asked);
      expect(answer.status).toBe(404);
      pages.push((await answer.page()).querySelector('main .card')?.text ?? '');
    }
    const { id: messageId } = await world.ctx.db.selectFrom('messages').select('id').where('conversation_id', '=', id).executeTakeFirstOrThrow();
    for (const posted of [`${path}/messages`, `${path}/messages/${messageId}/ouvrir`, `/connexion/${world.ctx.newId()}/messages/${messageId}/ouvrir`]) {
      const answer = await browser.post(posted, { message: 'x' });
      expect(answer.status).toBe(404);
      pages.push((await answer.page()).querySelector('main .card')?.text ?? '');
    }
  }
  expect([...new Set(pages)]).toEqual([pages[0]]);
  await world.ctx.db
    .updateTable('participations')
    .set({ removed_at: world.clock.now() })
    .where('conversation_id', '=', id)
    .where('persona_id', '=', world.jean.personaId)
    .execute();
  const jean = await site.browserOf(world.jean.profileId);
  expect((await jean.get(path)).status).toBe(404);
});
