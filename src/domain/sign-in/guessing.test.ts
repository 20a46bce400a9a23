import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#context';
import { setProfileStatus } from '#domain/people/api.ts';
import { HasherBusy } from '#platform/hashing/bounded-queue.ts';
import { countingHashes } from '../../../tests/support/counted-hashes.ts';
import { goodPassword, newVisitor, outcome, settle, type Visitor } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';

const jean = 'jeand@courriel.example';
const nobody = 'personne@courriel.example';
let world: World;
let profileId: string;

beforeEach(async () => {
  world = await makeWorld();
  ({ profileId } = await settle(world, 'Jean Dubé', [jean, 'jean.dube@atelier.example']));
});
afterEach(() => world.dispose());

async function tries(visitor: Visitor, identifier: string, password: string): Promise<string> {
  await visitor.begins(identifier);
  return outcome(await visitor.givesPassword(password));
}

describe('a password', () => {
  test('000-14: signs in, from any address of the profile, in any case', async () => {
    expect(await tries(newVisitor(world), jean, goodPassword)).toBe('signed-in');
    expect(await tries(newVisitor(world), ' JEAN.DUBE@Atelier.example ', goodPassword)).toBe('signed-in');
  });

  test('000-14: is the same however its accents were typed (NFKC)', async () => {
    await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example'], 'Été à la fenêtre, ½ lune');
    expect(await tries(newVisitor(world), 'nadia.roy@courriel.example', 'Été à la fenêtre, ½ lune'.normalize('NFD'))).toBe('signed-in');
  });

  test('000-Y3: wrong, it is refused in the same words for an account and for nobody, after one hash each', async () => {
    for (const identifier of [jean, nobody]) {
      const { ctx, hashes } = countingHashes(world.ctx);
      const visitor = newVisitor(world, { ctx });
      expect(await tries(visitor, identifier, 'Pas le bon mot de passe')).toBe('sign-in.not-recognised');
      expect(hashes()).toBe(1);
    }
  });

  test('asking for a code costs no hash, for an account or for nobody', async () => {
    for (const identifier of [jean, nobody]) {
      const { ctx, hashes } = countingHashes(world.ctx);
      const visitor = newVisitor(world, { ctx });
      await visitor.begins(identifier);
      expect((await visitor.asksForCode()).ok).toBe(true);
      expect(hashes()).toBe(0);
    }
  });

  test('with a NUL byte or a lone surrogate it is simply not recognised', async () => {
    expect(await tries(newVisitor(world), jean, 'a\0b')).toBe('sign-in.not-recognised');
    expect(await tries(newVisitor(world), jean, '\ud800')).toBe('sign-in.not-recognised');
  });

  test('of a suspended profile opens nothing, and the reason is for the one who knows it', async () => {
    await setProfileStatus(world.ctx, { profileId, status: 'suspended' });
    expect(await tries(newVisitor(world), jean, 'Pas le bon mot de passe')).toBe('sign-in.not-recognised');
    expect(await tries(newVisitor(world), jean, goodPassword)).toBe('sign-in.suspended');
  });

  test('sent by two tabs at once, each gets a session of its own', async () => {
    const visitors = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const visitor = newVisitor(world);
        await visitor.begins(jean);
        return visitor;
      }),
    );
    const steps = await Promise.all(visitors.map((visitor) => visitor.givesPassword(goodPassword)));
    expect(new Set(steps.map(outcome))).toEqual(new Set(['signed-in']));
  });

  test('while the hasher is too busy the person is told so, and nothing is counted', async () => {
    const busy: Ctx['hasher'] = { ...world.ctx.hasher, verify: () => Promise.reject(new HasherBusy(3)) };
    const visitor = newVisitor(world, { ctx: { ...world.ctx, hasher: busy } });
    for (let tried = 0; tried < 15; tried += 1) expect(await tries(visitor, jean, goodPassword)).toMatch(/busy|wait/);
    world.clock.advance(60);
    expect(await tries(newVisitor(world), jean, goodPassword)).toBe('signed-in');
  });

  test('a hasher without room is asked first: whoever is sent away leaves nothing in the database', async () => {
    const checkRoom = () => {
      throw new HasherBusy(3);
    };
    const full: Ctx['hasher'] = { ...world.ctx.hasher, checkRoom, verify: () => Promise.reject(new Error('never weighed')) };
    const visitor = newVisitor(world, { ctx: { ...world.ctx, hasher: full } });
    expect(await tries(visitor, jean, goodPassword)).toMatch(/busy/);
    const counted = await world.ctx.db.selectFrom('password_tries').select('key').execute();
    expect(counted).toEqual([]);
  });
});

describe('guessing', () => {
  test.each([
    ['an account', jean],
    ['nobody', nobody],
  ])('three wrong pass without delay, then 30 s, doubling up to an hour: the same for the identifier of %s', async (_whose, identifier) => {
    const visitor = newVisitor(world);
    for (let tried = 0; tried < 3; tried += 1) expect(await tries(visitor, identifier, 'faux')).toBe('sign-in.not-recognised');
    for (const delay of [30, 60, 120, 240, 480, 960, 1920]) {
      world.clock.advance(delay - 1);
      expect(await tries(visitor, identifier, 'faux')).toBe('sign-in.wait-seconds');
      world.clock.advance(1);
      expect(await tries(visitor, identifier, 'faux')).toMatch(/not-recognised|wait-minutes/);
    }
    await visitor.begins(identifier);
    expect(await visitor.givesPassword('faux')).toMatchObject({ refusal: { code: 'sign-in.wait-minutes' } });
  });

  test('at most ten are evaluated in an hour, a hundred in all without an act of the owner', async () => {
    const { ctx, hashes } = countingHashes(world.ctx);
    const visitor = newVisitor(world, { ctx });
    for (let minute = 0; minute < 60; minute += 1) {
      await tries(visitor, jean, 'faux');
      world.clock.advance(60);
    }
    expect(hashes()).toBeLessThanOrEqual(10);
    for (let hour = 0; hour < 120; hour += 1) {
      world.clock.advance(3601);
      await tries(visitor, jean, 'faux');
    }
    expect(hashes()).toBe(100);
    expect(await tries(visitor, jean, goodPassword)).toBe('sign-in.locked');
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode(jean)))).toBe('signed-in');
    expect(await tries(newVisitor(world), jean, goodPassword)).toBe('signed-in');
  });

  test('fifty at the same moment: no more than three are evaluated', async () => {
    const { ctx, hashes } = countingHashes(world.ctx);
    const visitors = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const visitor = newVisitor(world, { ctx });
        await visitor.begins(jean);
        return visitor;
      }),
    );
    await Promise.all(visitors.map((visitor) => visitor.givesPassword('faux')));
    expect(hashes()).toBeLessThanOrEqual(3);
  });

  test('a stranger cannot lock the owner out of a browser they have signed in with', async () => {
    const owner = newVisitor(world);
    expect(await tries(owner, jean, goodPassword)).toBe('signed-in');
    const stranger = newVisitor(world, { source: '198.51.100.9' });
    for (let tried = 0; tried < 20; tried += 1) await tries(stranger, jean, 'faux');
    expect(await tries(stranger, jean, goodPassword)).toBe('sign-in.wait-seconds');
    expect(await tries(owner, jean, goodPassword)).toBe('signed-in');
  });

  test('the owner coming in by a code is not delayed by strangers either', async () => {
    const stranger = newVisitor(world, { source: '198.51.100.9' });
    for (let tried = 0; tried < 20; tried += 1) await tries(stranger, jean, 'faux');
    const owner = newVisitor(world);
    await owner.begins(jean);
    await owner.asksForCode();
    expect(outcome(await owner.givesCode(await world.lastCode(jean)))).toBe('signed-in');
  });

  test('one source has a budget over all identifiers; what succeeds does not count', async () => {
    const source = '198.51.100.9';
    for (let person = 0; person < 200; person += 1) await tries(newVisitor(world, { source }), `p${person}@courriel.example`, 'faux');
    expect(await tries(newVisitor(world, { source }), 'autre@courriel.example', 'faux')).toBe('sign-in.wait-minutes');
    expect(await tries(newVisitor(world), jean, goodPassword)).toBe('signed-in');
  });

  test('the counts do not say which addresses were tried', async () => {
    await tries(newVisitor(world), jean, 'faux');
    const rows = JSON.stringify([
      await world.ctx.db.selectFrom('password_tries').selectAll().execute(),
      await world.ctx.db.selectFrom('budgets').selectAll().execute(),
    ]);
    expect(rows).not.toContain('jeand');
  });
});
