import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setProfileStatus } from '#domain/people/api.ts';
import { newVisitor, outcome, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';

const jean = 'jeand@courriel.example';
const nadia = 'nadia.roy@courriel.example';
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.dispose());

async function jeanHasCode() {
  const visitor = newVisitor(world);
  await visitor.begins(jean);
  await visitor.asksForCode();
  return { visitor, code: await world.lastCode(jean) };
}

function wrong(code: string): string {
  return code === '00000000' ? '11111111' : '00000000';
}

describe('a code', () => {
  beforeEach(() => settle(world, 'Jean Dubé', [jean]));

  test('S-14: has eight digits and signs in the browser that asked for it', async () => {
    const { visitor, code } = await jeanHasCode();
    expect(code).toMatch(/^\d{8}$/);
    expect(outcome(await visitor.givesCode(code))).toBe('signed-in');
  });

  test('S-14: is read with spaces, dashes and full-width digits', async () => {
    const { visitor, code } = await jeanHasCode();
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit)));
    expect(outcome(await visitor.givesCode(` ${wide.slice(0, 4).join('')}–${wide.slice(4).join(' ')} `))).toBe('signed-in');
  });

  test('S-14: serves once', async () => {
    const { visitor, code } = await jeanHasCode();
    const flow = visitor.visit.flow;
    await visitor.givesCode(code);
    visitor.visit.flow = flow;
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.code-used');
  });

  test('S-14: given fifty times at the same moment, it opens one session', async () => {
    const { visitor, code } = await jeanHasCode();
    const { visit } = visitor;
    const steps = await Promise.all(
      Array.from({ length: 50 }, () => {
        const tab = newVisitor(world);
        Object.assign(tab.visit, visit);
        return tab.givesCode(code);
      }),
    );
    expect(steps.filter((step) => outcome(step) === 'signed-in')).toHaveLength(1);
    const sessions = await world.ctx.db.selectFrom('sessions').select('id').execute();
    expect(sessions).toHaveLength(1);
  });

  test('S-14: is nothing in another browser', async () => {
    const { code } = await jeanHasCode();
    const other = newVisitor(world);
    await other.begins(jean);
    expect(outcome(await other.givesCode(code))).toBe('sign-in.start-again');
  });

  test('S-14: is nothing for another purpose', async () => {
    const { visitor, code } = await jeanHasCode();
    await visitor.begins(jean, 'reset');
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.start-again');
  });

  test('S-14: lives ten minutes to the second', async () => {
    const { visitor, code } = await jeanHasCode();
    world.clock.advance(599);
    expect(outcome(await visitor.givesCode(wrong(code)))).toBe('sign-in.code-wrong');
    world.clock.advance(1);
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.code-expired');
  });

  test('S-14: may be tried five times, and says how many are left', async () => {
    const { visitor, code } = await jeanHasCode();
    for (const left of [4, 3, 2, 1]) {
      expect(await visitor.givesCode(wrong(code))).toEqual({ ok: false, refusal: { code: 'sign-in.code-wrong', data: { count: left } } });
    }
    expect(outcome(await visitor.givesCode(wrong(code)))).toBe('sign-in.code-spent');
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.code-spent');
  });

  test('S-14: right at the fifth try', async () => {
    const { visitor, code } = await jeanHasCode();
    for (let tries = 0; tries < 4; tries += 1) await visitor.givesCode(wrong(code));
    expect(outcome(await visitor.givesCode(code))).toBe('signed-in');
  });

  test('S-14: fifty tries at the same moment count as fifty: five are weighed', async () => {
    const { visitor, code } = await jeanHasCode();
    const tries = await Promise.all(Array.from({ length: 50 }, () => visitor.givesCode(wrong(code))));
    const weighed = tries.filter((step) => ['sign-in.code-wrong', 'sign-in.code-spent'].includes(outcome(step)) && !step.ok);
    const tried = await world.ctx.db.selectFrom('sign_in_flows').select('code_tries').executeTakeFirstOrThrow();
    expect(tried.code_tries).toBe(5);
    expect(weighed.filter((step) => outcome(step) === 'sign-in.code-wrong')).toHaveLength(4);
    expect(outcome(await visitor.givesCode(code))).not.toBe('signed-in');
  });

  test('S-14: something that is not eight digits costs no try', async () => {
    const { visitor, code } = await jeanHasCode();
    for (const typed of ['', '1234567', '123456789', 'abcdefgh', '12345678\0']) {
      expect(outcome(await visitor.givesCode(typed))).toBe('sign-in.code-missing');
    }
    expect(outcome(await visitor.givesCode(code))).toBe('signed-in');
  });

  test('S-14: sent again, it replaces the earlier one, which does not count the tries afresh for the day', async () => {
    const { visitor, code: first } = await jeanHasCode();
    world.clock.advance(30);
    expect((await visitor.asksForCode()).ok).toBe(true);
    const second = await world.lastCode(jean);
    if (first !== second) expect(outcome(await visitor.givesCode(first))).toBe('sign-in.code-wrong');
    expect(outcome(await visitor.givesCode(second))).toBe('signed-in');
  });

  test('S-14: twenty wrong tries a day an account, over all its codes; the next day is another', async () => {
    const { visitor } = await jeanHasCode();
    for (let codes = 0; codes < 4; codes += 1) {
      const code = await world.lastCode(jean);
      for (let tries = 0; tries < 5; tries += 1) await visitor.givesCode(wrong(code));
      world.clock.advance(30);
      await visitor.asksForCode();
    }
    const code = await world.lastCode(jean);
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.code-too-many-wrong');
    expect(await visitor.asksForCode()).toMatchObject({ refusal: { code: 'sign-in.code-too-many-wrong' } });
    world.clock.advance(86_400);
    await visitor.begins(jean);
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode(jean)))).toBe('signed-in');
  });

  test('S-14: strangers who use up the wrong tries do not touch the browser the owner signed in with', async () => {
    const { visitor: owner, code } = await jeanHasCode();
    await owner.givesCode(code);
    const stranger = newVisitor(world, { source: '198.51.100.9' });
    for (let codes = 0; codes < 5; codes += 1) {
      world.clock.advance(31);
      await stranger.begins(jean);
      await stranger.asksForCode();
      for (let tries = 0; tries < 5; tries += 1) await stranger.givesCode('00000000');
    }
    expect(outcome(await stranger.givesCode('00000000'))).toBe('sign-in.code-too-many-wrong');
    await owner.begins(jean);
    expect((await owner.asksForCode()).ok).toBe(true);
    expect(outcome(await owner.givesCode(await world.lastCode(jean)))).toBe('signed-in');
  });

  test('a suspended profile is told so once its code has come back, and has no session', async () => {
    const { visitor, code } = await jeanHasCode();
    const { profile_id } = await world.ctx.db.selectFrom('personas').select('profile_id').executeTakeFirstOrThrow();
    await setProfileStatus(world.ctx, { profileId: profile_id ?? '', status: 'suspended' });
    expect(outcome(await visitor.givesCode(code))).toBe('sign-in.suspended');
    expect(await world.ctx.db.selectFrom('sessions').select('id').execute()).toEqual([]);
  });

  test('a row of the database does not hold the code, nor a hash of it alone', async () => {
    const { code } = await jeanHasCode();
    const row = await world.ctx.db.selectFrom('sign_in_flows').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(code);
  });
});

describe('asking for codes', () => {
  test.each([
    ['an account', true],
    ['nobody', false],
  ])('S-14: every 30 s, six an hour, twenty a day: the same for the address of %s', async (_whose, known) => {
    if (known) await settle(world, 'Jean Dubé', [jean]);
    const visitor = newVisitor(world);
    await visitor.begins(jean);
    expect((await visitor.asksForCode()).ok).toBe(true);
    world.clock.advance(29);
    expect(await visitor.asksForCode()).toEqual({ ok: false, refusal: { code: 'sign-in.code-wait-seconds', data: { count: 1, seconds: 1 } } });
    for (let sent = 1; sent < 6; sent += 1) {
      world.clock.advance(30);
      expect((await visitor.asksForCode()).ok).toBe(true);
    }
    world.clock.advance(30);
    expect(await visitor.asksForCode()).toMatchObject({ refusal: { code: 'sign-in.code-wait-minutes' } });
    for (let hour = 0; hour < 5; hour += 1) {
      world.clock.advance(3600);
      for (let sent = 0; sent < 6; sent += 1) {
        await visitor.asksForCode();
        world.clock.advance(30);
      }
    }
    expect(await world.mails(jean)).toHaveLength(20);
    expect(await visitor.asksForCode()).toMatchObject({ refusal: { code: 'sign-in.code-wait-hours' } });
  });

  test('S-14: fifty requests at the same moment send one mail', async () => {
    const visitors = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const visitor = newVisitor(world);
        await visitor.begins(nadia);
        return visitor;
      }),
    );
    await Promise.all(visitors.map((visitor) => visitor.asksForCode()));
    expect(await world.mails(nadia)).toHaveLength(1);
  });

  test('S-14: an address is the same in capitals', async () => {
    const visitor = newVisitor(world);
    await visitor.begins(nadia);
    await visitor.asksForCode();
    const other = newVisitor(world);
    await other.begins(nadia.toUpperCase());
    expect((await other.asksForCode()).ok).toBe(false);
  });
});
