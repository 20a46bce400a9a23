import { afterEach, beforeEach, expect, test } from 'vitest';
import { afterCommit, atomically, publish } from '#context';
import { refuse } from '#result';
import { makeWorld, type World } from '../tests/support/world.ts';

let world: World;
let acts: string[];

beforeEach(async () => {
  world = await makeWorld();
  acts = [];
});
afterEach(() => world.dispose());

const act = (name: string) => () => void acts.push(name);

test('what follows a transaction is done once, after it has committed, also when asked for in one that joins it', async () => {
  await atomically(world.ctx, async (inside) => {
    afterCommit(inside, 'mail', act('first'));
    await atomically(inside, async (joined) => afterCommit(joined, 'mail', act('mail')));
    afterCommit(inside, 'screens', act('screens'));
    expect(acts).toEqual([]);
  });
  expect(acts).toEqual(['mail', 'screens']);
});

test('it is never done after a fault or a refusal, and at once outside of a transaction', async () => {
  const broken = atomically(world.ctx, async (inside) => {
    afterCommit(inside, 'mail', act('mail'));
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  await atomically(world.ctx, async (inside) => {
    afterCommit(inside, 'mail', act('mail'));
    return refuse('storage.full');
  });
  expect(acts).toEqual([]);
  afterCommit(world.ctx, 'mail', act('mail'));
  expect(acts).toEqual(['mail']);
});

test('several changes published in one transaction are told once, together', async () => {
  await atomically(world.ctx, async (inside) => {
    for (const subjectId of [inside.newId(), inside.newId()]) await publish(inside, { personaIds: [inside.newId()], kind: 'messages', subjectId });
    expect(world.live.flushes()).toBe(0);
  });
  expect(world.live.flushes()).toBe(1);
});
