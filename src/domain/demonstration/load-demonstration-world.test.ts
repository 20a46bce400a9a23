import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx, SignedInCtx } from '#context';
import { countInboxes, type ListedConversation, listConversations } from '#domain/conversations/api.ts';
import { verifyPassword } from '#domain/passwords/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { demonstrationPassword, loadDemonstrationWorld, prepareInstallation, signedInAs } from './api.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ at: '2026-11-20T15:00:00Z' });
  await prepareInstallation(world.ctx.db, { demonstration: true, now: world.ctx.now() });
  await loadDemonstrationWorld(world.ctx);
});
afterAll(() => world.dispose());

async function listOf(ctx: SignedInCtx, address: string): Promise<ListedConversation[]> {
  const personaId = ctx.actor.personas.find((persona) => persona.address === address)?.id ?? '';
  const first = await listConversations(ctx, { personaId, page: 1, size: 30, order: 'newest' });
  if (!first) throw new Error('A list of their own address is theirs');
  const second = first.pages > 1 ? await listConversations(ctx, { personaId, page: 2, size: 30, order: 'newest' }) : undefined;
  return [...first.rows, ...(second?.rows ?? [])];
}

describe('the world of the demonstration', () => {
  test('000-28 000-33: Jean has 45 conversations: new, unread, read, expired and red ones', async () => {
    const jean = await signedInAs(world.ctx, 'jeand@courriel.example');
    const list = await listOf(jean, 'jeand@courriel.example');
    expect(list).toHaveLength(45);
    expect(list.filter((row) => row.isNew)).toHaveLength(3);
    expect(list.filter((row) => row.unreadCount > 0)).toHaveLength(8);
    expect(list.filter((row) => !row.holderActive)).toHaveLength(3);
    expect(list.filter((row) => row.status === 'expired')).toHaveLength(3);
    const unread = await countInboxes(jean);
    expect(Object.values(unread.byPersona).sort()).toEqual([11, 2]);
  });

  test('000-19 000-20: some of them belong to his second address alone', async () => {
    const jean = await signedInAs(world.ctx, 'jeand@courriel.example');
    const titles = (await listOf(jean, 'jean.dube@atelier.example')).map((row) => row.title);
    expect(titles).toContain('Prototype : résultats des essais');
    expect(titles).not.toContain("Agrandissement de l'atelier");
  });

  test('000-44: one conversation has 23 messages', async () => {
    const counts = await world.ctx.db.selectFrom('conversations').select('message_count').execute();
    expect(Math.max(...counts.map((row) => row.message_count))).toBe(23);
  });

  test("Marie's and Paul's lists are alive too", async () => {
    for (const address of ['marie.unetelle@innovactione.example', 'paul.tremblay@innovactione.example']) {
      const list = await listOf(await signedInAs(world.ctx, address), address);
      expect(list.length).toBeGreaterThan(10);
      expect(list.some((row) => row.unreadCount > 0)).toBe(true);
    }
  });

  test('the accounts have the published password; Nadia has no account, and the desk no way in', async () => {
    for (const address of [
      'marie.unetelle@innovactione.example',
      'paul.tremblay@innovactione.example',
      'alain.gagnon@innovactione.example',
      'jeand@courriel.example',
    ]) {
      const { actor } = await signedInAs(world.ctx, address);
      expect(await verifyPassword(world.ctx, { profileId: actor.profileId, typed: demonstrationPassword })).toBe(true);
    }
    expect((await findPersonaByAddress(world.ctx, 'nadia.roy@courriel.example'))?.profileId).toBeUndefined();
  });

  test('its past was told already: every notice is sent and no mail waits', async () => {
    const states = await world.ctx.db.selectFrom('notices').select('state').distinct().execute();
    expect(states).toEqual([{ state: 'sent' }]);
    expect(await world.mails()).toEqual([]);
  });

  test('a second load changes nothing', async () => {
    expect(await loadDemonstrationWorld(world.ctx)).toBe(false);
  });
});

test('a load that breaks halfway leaves nothing, and the next one is whole', async () => {
  const broken = await makeWorld({ at: '2026-11-20T15:00:00Z' });
  try {
    await prepareInstallation(broken.ctx.db, { demonstration: true, now: broken.ctx.now() });
    let wraps = 0;
    const wrap: Ctx['keys']['wrap'] = (...given) => (++wraps > 100 ? Promise.reject(new Error('power cut')) : broken.ctx.keys.wrap(...given));
    await expect(loadDemonstrationWorld({ ...broken.ctx, keys: { ...broken.ctx.keys, wrap } })).rejects.toThrow('power cut');
    expect(await broken.ctx.db.selectFrom('organisations').select('id').execute()).toEqual([]);
    expect(await loadDemonstrationWorld(broken.ctx)).toBe(true);
  } finally {
    await broken.dispose();
  }
});

test('a database that is not marked never receives it', async () => {
  const real = await makeWorld();
  try {
    await expect(loadDemonstrationWorld(real.ctx)).rejects.toThrow('marked');
    await prepareInstallation(real.ctx.db, { demonstration: false, now: real.ctx.now() });
    await expect(loadDemonstrationWorld(real.ctx)).rejects.toThrow('marked');
  } finally {
    await real.dispose();
  }
});
