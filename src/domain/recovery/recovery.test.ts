import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { employ, foundInnovactione, goodPassword, newVisitor, outcome, settle, type Visitor } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { changePassword, resetPassword } from './api.ts';

const jean = 'jeand@courriel.example';
const atelier = 'jean.dube@atelier.example';
const newPassword = 'Trois canots verts au quai 9';
let world: World;
let profileId: string;
let visitor: Visitor;

beforeEach(async () => {
  world = await makeWorld();
  ({ profileId } = await settle(world, 'Jean Dubé', [jean, atelier]));
  visitor = newVisitor(world);
});
afterEach(() => world.dispose());

async function jeanHasProven(purpose: 'reset' | 'sign-in' = 'reset') {
  await visitor.begins(jean, purpose, '/avis/abc');
  await visitor.asksForCode();
  return visitor.givesCode(await world.lastCode(jean));
}

/** How many of this database's transactions wait for another's. */
async function waitingForALock({ ctx }: World): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

describe('a reset', () => {
  test('000-17: sets the password, ends every session, tells every address, signs nobody in, keeps the way back', async () => {
    const { actor } = await world.as(profileId);
    expect(outcome(await jeanHasProven())).toBe('new-password');
    const reset = await resetPassword(world.ctx, visitor.visit, { password: newPassword });
    expect(reset).toEqual({ ok: true, value: { returnTo: '/avis/abc' } });
    const sessions = await world.ctx.db.selectFrom('sessions').select(['id', 'ended_reason']).execute();
    expect(sessions).toEqual([{ id: actor.sessionId, ended_reason: 'ended-by-reset' }]);
    const alerts = (await world.mails()).filter((mail) => mail.kind === 'alert').map((mail) => mail.to);
    expect(alerts.sort()).toEqual([atelier, jean]);
    const after = newVisitor(world);
    await after.begins(jean);
    expect(outcome(await after.givesPassword(goodPassword))).toBe('sign-in.not-recognised');
    expect(outcome(await after.givesPassword(newPassword))).toBe('signed-in');
  });

  test('the code of a reset is mailed as such', async () => {
    await jeanHasProven();
    expect((await world.mails(jean)).map((mail) => mail.kind)).toEqual(['reset']);
  });

  test('a code asked for signing in resets nothing', async () => {
    expect(outcome(await jeanHasProven('sign-in'))).toBe('signed-in');
    expect(await resetPassword(world.ctx, visitor.visit, { password: newPassword })).toMatchObject({ refusal: { code: 'sign-in.start-again' } });
  });

  test('serves once, even twice at the same moment', async () => {
    await jeanHasProven();
    const resets = await Promise.all([
      resetPassword(world.ctx, visitor.visit, { password: newPassword }),
      resetPassword(world.ctx, visitor.visit, { password: newPassword }),
    ]);
    expect(resets.filter((reset) => reset.ok)).toHaveLength(1);
    expect(await resetPassword(world.ctx, visitor.visit, { password: newPassword })).toMatchObject({ ok: false });
  });

  test('ends what was proven elsewhere: whoever read the mailbox for a moment does not reset it after its owner', async () => {
    await jeanHasProven();
    world.clock.advance(31);
    const owner = newVisitor(world);
    await owner.begins(atelier, 'reset');
    await owner.asksForCode();
    await owner.givesCode(await world.lastCode(atelier));
    expect((await resetPassword(world.ctx, owner.visit, { password: newPassword })).ok).toBe(true);
    expect(await resetPassword(world.ctx, visitor.visit, { password: 'Neuf barques au vent du nord' })).toMatchObject({
      refusal: { code: 'sign-in.start-again' },
    });
  });

  test('made in two browsers at the same moment, one holds and the other begins again; the password is that of the one that holds', async () => {
    const visitors = [newVisitor(world), newVisitor(world)] as const;
    for (const [index, address] of [jean, atelier].entries()) {
      await visitors[index]?.begins(address, 'reset');
      await visitors[index]?.asksForCode();
      await visitors[index]?.givesCode(await world.lastCode(address));
    }
    const passwords = [newPassword, 'Neuf barques au vent du nord'] as const;
    const { both } = await world.ctx.db.transaction().execute(async (db) => {
      await db.selectFrom('sign_in_methods').select('id').where('profile_id', '=', profileId).where('kind', '=', 'password').forUpdate().execute();
      const resets = visitors.map(({ visit }, index) => resetPassword(world.ctx, visit, { password: passwords[index] ?? '' }));
      await expect.poll(() => waitingForALock(world), { interval: 5 }).toBe(2);
      return { both: resets };
    });
    const [first, second] = await Promise.all(both);
    expect([first?.ok, second?.ok].sort()).toEqual([false, true]);
    const after = newVisitor(world);
    await after.begins(jean);
    expect(outcome(await after.givesPassword(passwords[first?.ok ? 0 : 1]))).toBe('signed-in');
  });

  test('a weak password is refused and the step stays open', async () => {
    await jeanHasProven();
    expect(await resetPassword(world.ctx, visitor.visit, { password: 'motdepasse123456' })).toMatchObject({ refusal: { code: 'password.common' } });
    expect((await resetPassword(world.ctx, visitor.visit, { password: newPassword })).ok).toBe(true);
  });

  test('for an address that has no account, leads to opening one', async () => {
    await visitor.begins('nadia.roy@courriel.example', 'reset');
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode('nadia.roy@courriel.example')))).toBe('first-visit');
  });

  test('is over an hour after the code came back', async () => {
    await jeanHasProven();
    world.clock.advance(3601);
    expect(await resetPassword(world.ctx, visitor.visit, { password: newPassword })).toMatchObject({ refusal: { code: 'sign-in.start-again' } });
  });

  test('is an act of the owner: a password locked by strangers opens again', async () => {
    const stranger = newVisitor(world, { source: '198.51.100.9' });
    for (let tried = 0; tried < 20; tried += 1) {
      await stranger.begins(jean);
      await stranger.givesPassword('faux');
    }
    await jeanHasProven();
    await resetPassword(world.ctx, visitor.visit, { password: newPassword });
    await visitor.begins(jean);
    expect(outcome(await visitor.givesPassword(newPassword))).toBe('signed-in');
  });
});

test('a colleague whose account was made for them, without a password, chooses one once their code came back', async () => {
  const paul = 'paul.tremblay@innovactione.example';
  const organisation = await foundInnovactione(world);
  const settled = await settle(world, 'Paul Tremblay', [paul], '');
  await employ(world, organisation.id, settled.personaId);
  await visitor.begins(paul);
  await visitor.asksForCode();
  expect(outcome(await visitor.givesCode(await world.lastCode(paul)))).toBe('new-password');
  expect((await resetPassword(world.ctx, visitor.visit, { password: newPassword })).ok).toBe(true);
  await visitor.begins(paul);
  expect(outcome(await visitor.givesPassword(newPassword))).toBe('signed-in');
});

describe('a change', () => {
  test('asks for the present password, ends the other sessions, tells every address', async () => {
    const ctx = await world.as(profileId);
    const other = await world.as(profileId);
    expect(await changePassword(ctx, { current: 'faux', password: newPassword })).toMatchObject({ refusal: { code: 'password.current-wrong' } });
    expect((await changePassword(ctx, { current: goodPassword, password: newPassword })).ok).toBe(true);
    const ended = await world.ctx.db.selectFrom('sessions').select('id').where('ended_at', 'is not', null).execute();
    expect(ended).toEqual([{ id: other.actor.sessionId }]);
    expect((await world.mails()).map((mail) => [mail.kind, mail.to])).toEqual([
      ['alert', jean],
      ['alert', atelier],
    ]);
  });

  test('guessing the present password is slowed down like any guess', async () => {
    const ctx = await world.as(profileId);
    for (let tried = 0; tried < 3; tried += 1) await changePassword(ctx, { current: 'faux', password: newPassword });
    expect(await changePassword(ctx, { current: goodPassword, password: newPassword })).toMatchObject({ refusal: { code: 'sign-in.wait-seconds' } });
  });

  test('somebody without a password chooses one', async () => {
    const nadia = await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example'], '');
    const ctx = await world.as(nadia.profileId);
    expect((await changePassword(ctx, { current: '', password: newPassword })).ok).toBe(true);
    await visitor.begins('nadia.roy@courriel.example');
    expect(outcome(await visitor.givesPassword(newPassword))).toBe('signed-in');
  });
});
