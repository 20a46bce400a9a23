import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { sessionRules } from '#shared/sign-in.ts';
import { employ, foundInnovactione, goodPassword, newVisitor, outcome, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { endOtherSessions, endSession, readSession, startSession, sweepSignIn, touchSession } from './api.ts';

const jean = 'jeand@courriel.example';
const marie = 'marie.unetelle@innovactione.example';
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.dispose());

async function signedIn(options: { method?: 'code' | 'password'; staff?: boolean; ownDevice?: boolean; profileId?: string } = {}) {
  const profileId = options.profileId ?? (await settle(world, 'Jean Dubé', [jean, 'jean.dube@atelier.example'])).profileId;
  const { method = 'password', staff = false, ownDevice = false } = options;
  return startSession(world.ctx, { profileId, method, staff, device: undefined, ownDevice });
}

async function isLive(token: string): Promise<boolean> {
  return (await readSession(world.ctx, token)).live !== undefined;
}

describe('a session', () => {
  test('S-04: gives the actor with all their addresses, oldest first', async () => {
    const { token } = await signedIn();
    const { live } = await readSession(world.ctx, token);
    expect(live?.actor.personas.map((persona) => persona.address)).toEqual([jean, 'jean.dube@atelier.example']);
    expect(live?.actor).toMatchObject({ displayName: 'Jean Dubé', memberships: [] });
  });

  test('is stored hashed', async () => {
    const { token } = await signedIn();
    const rows = await world.ctx.db.selectFrom('sessions').selectAll().execute();
    expect(token).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test.each([
    ['by code, 12 hours', { method: 'code' as const }, 12 * 3600],
    ['by code on one’s own device, 24 hours', { method: 'code' as const, ownDevice: true }, 24 * 3600],
    ['by password, 30 days', {}, 30 * 24 * 3600],
  ])('S-15: lives %s at most', async (_kind, options, seconds) => {
    const { token } = await signedIn(options);
    world.clock.advance(seconds - 1, { sessions: true });
    expect(await isLive(token)).toBe(true);
    world.clock.advance(1, { sessions: true });
    expect(await isLive(token)).toBe(false);
  });

  test('S-15: by code alone its cookie goes with the browser, else it stays a day longer than the session, for what was being written', async () => {
    expect((await signedIn({ method: 'code' })).cookieSeconds).toBeUndefined();
    const { profileId } = await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example']);
    expect((await signedIn({ method: 'code', ownDevice: true, profileId })).cookieSeconds).toBe(sessionRules.codeOwnDevice + sessionRules.recent);
    expect((await signedIn({ profileId })).cookieSeconds).toBe(sessionRules.password + sessionRules.recent);
  });

  test('S-15: of staff ends after 30 minutes without a request, and after 12 hours whatever is done', async () => {
    const { profileId } = await settle(world, 'Marie Unetelle', [marie]);
    const idle = await signedIn({ staff: true, profileId });
    world.clock.advance(30 * 60 - 1, { sessions: true });
    expect(await isLive(idle.token)).toBe(true);
    world.clock.advance(30 * 60, { sessions: true });
    expect(await isLive(idle.token)).toBe(false);
    const busy = await signedIn({ staff: true, profileId });
    for (let quarter = 1; quarter < 48; quarter += 1) {
      world.clock.advance(900, { sessions: true });
      expect(await isLive(busy.token)).toBe(true);
    }
    world.clock.advance(900, { sessions: true });
    expect(await isLive(busy.token)).toBe(false);
  });

  test('S-15: says how long it lasts and whether activity makes it last longer, as the request leaves it', async () => {
    const { profileId } = await settle(world, 'Marie Unetelle', [marie]);
    const staff = await signedIn({ staff: true, profileId });
    const life = async (token: string, asleep = true) => (await readSession(world.ctx, token, { asleep })).live?.life;
    expect(await life(staff.token)).toEqual({ seconds: 1800, extendable: true });
    world.clock.advance(1700, { sessions: true });
    expect(await life(staff.token)).toEqual({ seconds: 100, extendable: true });
    expect(await life(staff.token, false)).toEqual({ seconds: 1800, extendable: true });
    for (let part = 0; part < 26; part += 1) {
      world.clock.advance(1580, { sessions: true });
      await life(staff.token, false);
    }
    expect(await life(staff.token)).toEqual({ seconds: 12 * 3600 - 1700 - 26 * 1580, extendable: false });
    const { token } = await signedIn();
    expect(await life(token)).toEqual({ seconds: 30 * 24 * 3600, extendable: false });
    world.clock.advance(400 * 24 * 3600);
    expect(await life(token)).toEqual({ seconds: 30 * 24 * 3600, extendable: false });
  });

  test('S-15: an upload in progress is activity', async () => {
    const { profileId } = await settle(world, 'Marie Unetelle', [marie]);
    const { token } = await signedIn({ staff: true, profileId });
    const { live } = await readSession(world.ctx, token);
    if (!live) throw new Error('not live');
    world.clock.advance(29 * 60, { sessions: true });
    await touchSession({ ...world.ctx, actor: live.actor });
    world.clock.advance(29 * 60, { sessions: true });
    expect(await isLive(token)).toBe(true);
  });

  test('does not age with the clock of the demonstration', async () => {
    const { token } = await signedIn({ method: 'code' });
    world.clock.advance(400 * 24 * 3600);
    expect(await isLive(token)).toBe(true);
  });

  test('is seen at most once a minute', async () => {
    const { token } = await signedIn();
    const seenAt = async () => (await world.ctx.db.selectFrom('sessions').select('seen_at').executeTakeFirstOrThrow()).seen_at.getTime();
    const first = await seenAt();
    world.clock.advance(59, { sessions: true });
    await readSession(world.ctx, token);
    expect(await seenAt()).toBe(first);
    world.clock.advance(1, { sessions: true });
    await readSession(world.ctx, token);
    expect(await seenAt()).toBe(first + 60_000);
  });

  test('000-Y3: that ran out less than a day ago says whose draft is to be kept; one signed out says nothing', async () => {
    const { token, profileId } = await signedIn({ method: 'code' });
    world.clock.advance(12 * 3600, { sessions: true });
    expect(await readSession(world.ctx, token)).toEqual({ recent: { profileId } });
    world.clock.advance(24 * 3600, { sessions: true });
    expect(await readSession(world.ctx, token)).toEqual({});
  });

  test('ends when one signs out, and no other does', async () => {
    const { token, profileId } = await signedIn();
    const other = await signedIn({ profileId });
    const { live } = await readSession(world.ctx, token);
    if (!live) throw new Error('not live');
    await endSession({ ...world.ctx, actor: live.actor });
    expect(await readSession(world.ctx, token)).toEqual({});
    expect(await isLive(other.token)).toBe(true);
  });

  test('ends everywhere else on demand', async () => {
    const { token, profileId } = await signedIn();
    const other = await signedIn({ profileId });
    const { live } = await readSession(world.ctx, token);
    if (!live) throw new Error('not live');
    expect(await endOtherSessions({ ...world.ctx, actor: live.actor })).toBe(1);
    expect([await isLive(token), await isLive(other.token)]).toEqual([true, false]);
  });

  test('of a suspended profile is over at the next request, and stays so when it is restored', async () => {
    const { token, profileId } = await signedIn();
    await setProfileStatus(world.ctx, { profileId, status: 'suspended' });
    expect(await readSession(world.ctx, token)).toEqual({});
    world.clock.advance(60, { sessions: true });
    await setProfileStatus(world.ctx, { profileId, status: 'active' });
    expect(await readSession(world.ctx, token)).toEqual({});
    expect(await isLive((await signedIn({ profileId })).token)).toBe(true);
  });

  test('changes its id at each authentication, and the one the browser had is over', async () => {
    const { token, profileId } = await signedIn();
    const { live } = await readSession(world.ctx, token);
    const again = await startSession(
      { ...world.ctx, actor: live?.actor },
      { profileId, method: 'password', staff: false, device: undefined, ownDevice: false },
    );
    expect(again.token).not.toBe(token);
    expect([await isLive(token), await isLive(again.token)]).toEqual([false, true]);
  });

  test('of a forged or absent cookie is nobody’s', async () => {
    expect(await readSession(world.ctx, undefined)).toEqual({});
    expect(await readSession(world.ctx, 'A'.repeat(43))).toEqual({});
  });
});

describe('staff', () => {
  let profileId: string;
  beforeEach(async () => {
    const organisation = await foundInnovactione(world);
    const settled = await settle(world, 'Marie Unetelle', [marie]);
    profileId = settled.profileId;
    await employ(world, organisation.id, settled.personaId);
  });

  test('a collaborator’s code alone never suffices: the password is asked after it', async () => {
    const visitor = newVisitor(world);
    await visitor.begins(marie);
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode(marie)))).toBe('password');
    expect(await world.ctx.db.selectFrom('sessions').select('id').execute()).toEqual([]);
    expect(outcome(await visitor.givesPassword('faux'))).toBe('sign-in.not-recognised');
    expect(outcome(await visitor.givesPassword(goodPassword))).toBe('signed-in');
    const session = await world.ctx.db.selectFrom('sessions').select(['method', 'staff', 'idle_seconds']).executeTakeFirstOrThrow();
    expect(session).toEqual({ method: 'password-and-code', staff: true, idle_seconds: 1800 });
  });

  test('in a real organisation a code is asked after the password, in the same browser', async () => {
    const visitor = newVisitor(world, { requireSecondProof: true });
    await visitor.begins(marie, 'sign-in', '/connexion/nouvelle');
    expect(outcome(await visitor.givesPassword(goodPassword))).toBe('code');
    expect(await world.ctx.db.selectFrom('sessions').select('id').execute()).toEqual([]);
    const step = await visitor.givesCode(await world.lastCode(marie));
    expect(step).toMatchObject({ ok: true, value: { step: 'signed-in', returnTo: '/connexion/nouvelle' } });
  });

  test('in the demonstration the password suffices', async () => {
    const visitor = newVisitor(world);
    await visitor.begins(marie);
    expect(outcome(await visitor.givesPassword(goodPassword))).toBe('signed-in');
  });

  test('a proof is forgotten after an hour', async () => {
    const visitor = newVisitor(world, { requireSecondProof: true });
    await visitor.begins(marie);
    await visitor.givesPassword(goodPassword);
    world.clock.advance(3601);
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode(marie)))).toBe('password');
  });

  test('somebody who becomes staff while signed in by less signs in again', async () => {
    const nadia = await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example']);
    const { token } = await signedIn({ method: 'code', profileId: nadia.profileId });
    expect(await isLive(token)).toBe(true);
    const [organisation] = await world.ctx.db.selectFrom('organisations').select('id').execute();
    await employ(world, organisation?.id ?? '', nadia.personaId);
    expect(await isLive(token)).toBe(false);
  });

  test('000-A1: a suspended membership is gone from the actor at the next request', async () => {
    const { token } = await signedIn({ staff: true, profileId });
    const before = await readSession(world.ctx, token);
    expect(before.live?.actor.memberships).toHaveLength(1);
    const [held] = before.live?.actor.memberships ?? [];
    if (!held) throw new Error('no membership');
    await setMembershipStatus(world.ctx, { ...held, status: 'suspended' });
    expect((await readSession(world.ctx, token)).live?.actor.memberships).toEqual([]);
  });
});

test('what is long over is forgotten, what lives is not', async () => {
  const { token } = await signedIn();
  const visitor = newVisitor(world);
  await visitor.begins(jean);
  await sweepSignIn(world.ctx);
  expect(await isLive(token)).toBe(true);
  world.clock.advance(61 * 24 * 3600, { sessions: true });
  await sweepSignIn(world.ctx);
  expect(await world.ctx.db.selectFrom('sessions').select('id').execute()).toEqual([]);
  expect(await world.ctx.db.selectFrom('sign_in_flows').select('id').execute()).toEqual([]);
});
