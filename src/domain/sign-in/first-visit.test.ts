import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findOrInvitePersona, findPersonaByAddress } from '#domain/people/api.ts';
import { employ, foundInnovactione, goodPassword, newVisitor, outcome, settle, type Visitor } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { completeFirstVisit, readSession } from './api.ts';

const nadia = 'nadia.roy@courriel.example';
let world: World;
let visitor: Visitor;

beforeEach(async () => {
  world = await makeWorld();
  visitor = newVisitor(world);
});
afterEach(() => world.dispose());

async function nadiaHasProvenHerAddress(purpose: 'sign-in' | 'sign-up' = 'sign-up') {
  await visitor.begins(nadia, purpose, '/avis/abc');
  await visitor.asksForCode();
  expect(outcome(await visitor.givesCode(await world.lastCode(nadia)))).toBe('first-visit');
}

function opens(name: string, password = '') {
  return completeFirstVisit(world.ctx, { ...visitor.visit }, { name, password });
}

describe('the first visit', () => {
  test.each(['sign-in', 'sign-up'] as const)('000-15 000-17: by the door of %s, opens an account and lands where the notice led', async (purpose) => {
    await nadiaHasProvenHerAddress(purpose);
    const step = await opens('  Nadia   Roy ');
    expect(step).toMatchObject({ ok: true, value: { step: 'signed-in', returnTo: '/avis/abc' } });
    if (!step.ok || step.value.step !== 'signed-in') return;
    const { live } = await readSession(world.ctx, step.value.session.token);
    expect(live?.actor).toMatchObject({ displayName: 'Nadia Roy', personas: [{ address: nadia }] });
  });

  test('000-Y1: adopts the address with everything that waited there', async () => {
    const invited = await findOrInvitePersona(world.ctx, nadia);
    await nadiaHasProvenHerAddress();
    await opens('Nadia Roy');
    const persona = await findPersonaByAddress(world.ctx, nadia);
    expect(persona).toMatchObject({ id: invited.id, displayName: 'Nadia Roy', confirmedAt: world.clock.now() });
  });

  test('000-Y1: nobody opens an account at an address no code came back from', async () => {
    await visitor.begins(nadia, 'sign-up');
    await visitor.asksForCode();
    expect(outcome(await opens('Nadia Roy'))).toBe('sign-in.start-again');
  });

  test('sent twice at the same moment, opens one account', async () => {
    await nadiaHasProvenHerAddress();
    const steps = await Promise.all([opens('Nadia Roy'), opens('Nadia Roy'), opens('Nadia Roy')]);
    expect(steps.filter((step) => outcome(step) === 'signed-in')).toHaveLength(1);
    expect(await world.ctx.db.selectFrom('profiles').select('id').execute()).toHaveLength(1);
  });

  test('finished in two browsers at the same moment, opens one account; the other browser is told the address has one', async () => {
    await nadiaHasProvenHerAddress();
    const elsewhere = newVisitor(world);
    world.clock.advance(31);
    await elsewhere.begins(nadia, 'sign-up');
    await elsewhere.asksForCode();
    expect(outcome(await elsewhere.givesCode(await world.lastCode(nadia)))).toBe('first-visit');
    const steps = await Promise.all([opens('Nadia Roy'), completeFirstVisit(world.ctx, { ...elsewhere.visit }, { name: 'Nadia Roy', password: '' })]);
    expect(steps.map(outcome).sort()).toEqual(['person.address-taken', 'signed-in']);
    expect(await world.ctx.db.selectFrom('profiles').select('id').execute()).toHaveLength(1);
  });

  test('a name is asked, of 120 characters at most, and legible', async () => {
    await nadiaHasProvenHerAddress();
    expect(outcome(await opens('   '))).toBe('person.name-missing');
    expect(outcome(await opens('é'.repeat(121)))).toBe('person.name-too-long');
    expect(outcome(await opens('Nadia\0'))).toBe('person.name-unreadable');
    expect(outcome(await opens('Nadia\ud800'))).toBe('person.name-unreadable');
    expect(outcome(await opens('é'.repeat(120)))).toBe('signed-in');
  });

  test('a password is optional, judged when given, and then signs in', async () => {
    await nadiaHasProvenHerAddress();
    expect(outcome(await opens('Nadia Roy', 'trop court'))).toBe('password.too-short');
    expect(outcome(await opens('Nadia Roy', 'nadia.roy@courriel'))).toBe('password.personal');
    expect(outcome(await opens('Nadia Roy', goodPassword))).toBe('signed-in');
    await visitor.begins(nadia);
    expect(outcome(await visitor.givesPassword(goodPassword))).toBe('signed-in');
  });

  test('a colleague invited before they came must choose a password', async () => {
    const organisation = await foundInnovactione(world);
    const persona = await findOrInvitePersona(world.ctx, nadia);
    await employ(world, organisation.id, persona.id);
    await nadiaHasProvenHerAddress();
    expect(outcome(await opens('Nadia Roy'))).toBe('password.missing');
    expect(outcome(await opens('Nadia Roy', goodPassword))).toBe('signed-in');
    expect(await world.ctx.db.selectFrom('sessions').select('staff').executeTakeFirstOrThrow()).toEqual({ staff: true });
  });

  test('an account opened meanwhile in another browser is not opened twice', async () => {
    await nadiaHasProvenHerAddress();
    await settle(world, 'Nadia Roy', [nadia]);
    expect(outcome(await opens('Nadia Roy'))).toBe('person.address-taken');
  });

  test('keeps the language it was made in', async () => {
    await nadiaHasProvenHerAddress();
    await completeFirstVisit({ ...world.ctx, locale: 'en' }, { ...visitor.visit }, { name: 'Nadia Roy', password: '' });
    expect(await world.ctx.db.selectFrom('profiles').select('locale').executeTakeFirstOrThrow()).toEqual({ locale: 'en' });
  });

  test('000-Y3: the page of a code asked for somebody else’s address gives nothing to whoever fixed the cookie', async () => {
    await visitor.begins(nadia, 'sign-up');
    await visitor.asksForCode();
    const planted = visitor.visit.flow;
    await visitor.givesCode(await world.lastCode(nadia));
    const attacker = newVisitor(world);
    attacker.visit.flow = planted;
    expect(outcome(await completeFirstVisit(world.ctx, attacker.visit, { name: 'Intrus', password: '' }))).toBe('sign-in.start-again');
  });
});

test.each([
  ['', 'sign-in.identifier-missing'],
  ['marie', 'sign-in.identifier-not-an-address'],
  ['a@b', 'sign-in.identifier-not-an-address'],
  ['nadia\0@courriel.example', 'sign-in.text-unreadable'],
  ['nadia\ud800@courriel.example', 'sign-in.text-unreadable'],
  [`${'a'.repeat(300)}@courriel.example`, 'sign-in.identifier-not-an-address'],
])('the identifier %j is answered by a sentence', async (identifier, code) => {
  expect(await visitor.begins(identifier)).toMatchObject({ ok: false, refusal: { code } });
});
