import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOrganisationNames } from '#domain/organisations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { readSession } from '#domain/sign-in/api.ts';
import { employ, foundInnovactione, goodPassword, newVisitor, outcome, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { acceptInvitation, accessInvitation, importPeople, invitePerson, listMembers, settlePerson, suspendPerson } from './api.ts';

let world: World;
let organisationId: string;
beforeEach(async () => {
  world = await makeWorld();
  organisationId = (await foundInnovactione(world)).id;
});
afterEach(() => world.dispose());

const alain = { name: 'Alain Gagnon', address: 'alain@innovactione.example' };
const settleAlain = () => settlePerson(world.ctx, { organisationId, ...alain, roles: ['administrator', 'collaborator'] });

async function invited(): Promise<string> {
  await settleAlain();
  const invitation = await invitePerson(world.ctx, alain.address);
  if (!invitation.ok) throw new Error(invitation.refusal.code);
  return invitation.value.token;
}

test('an invitation gives a session of staff, serves once, and only until the next one is made', async () => {
  const first = await invited();
  const token = await invited();
  expect(await accessInvitation(world.ctx, first)).toMatchObject({ ok: false });
  expect(await accessInvitation(world.ctx, token)).toMatchObject({ ok: true, value: alain });
  expect(await acceptInvitation(world.ctx, { token, password: 'alain gagnon alain gagnon', device: undefined })).toMatchObject({
    refusal: { code: expect.stringMatching(/^password\./) },
  });
  const accepted = await acceptInvitation(world.ctx, { token, password: goodPassword, device: undefined });
  if (!accepted.ok) throw new Error(accepted.refusal.code);
  const { live } = await readSession(world.ctx, accepted.value.token);
  expect(live?.actor.memberships.map(({ role }) => role).sort()).toEqual(['administrator', 'collaborator']);
  expect(await acceptInvitation(world.ctx, { token, password: goodPassword, device: undefined })).toMatchObject({ refusal: { code: 'sign-in.start-again' } });
  expect((await world.mails(alain.address)).map(({ kind }) => kind)).toEqual(['alert']);
});

test('an invitation is over after three days, is refused to somebody who has a password, and two at the same moment are one', async () => {
  const token = await invited();
  world.clock.advance(72 * 3600);
  expect(await accessInvitation(world.ctx, token)).toMatchObject({ ok: false });
  const again = await invited();
  const both = await Promise.all(
    [goodPassword, `${goodPassword} 2`].map((password) => acceptInvitation(world.ctx, { token: again, password, device: undefined })),
  );
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await invitePerson(world.ctx, alain.address)).toMatchObject({ refusal: { code: 'person.has-password' } });
  expect(await invitePerson(world.ctx, 'personne@nulle-part.example')).toMatchObject({ refusal: { code: 'person.not-found' } });
});

test('somebody settled without an invitation comes in by a code and chooses a password', async () => {
  await settleAlain();
  const browser = newVisitor(world, { requireSecondProof: true });
  await browser.begins(alain.address);
  await browser.asksForCode();
  expect(outcome(await browser.givesCode(await world.lastCode(alain.address)))).toBe('new-password');
});

test('a suspension ends every session and invitation at once, twice is once, and adding again opens the account without them', async () => {
  const marie = await settle(world, 'Marie Unetelle', ['marie@innovactione.example']);
  await employ(world, organisationId, marie.personaId);
  const browser = newVisitor(world);
  await browser.begins('marie@innovactione.example');
  const step = await browser.givesPassword(goodPassword);
  if (!step.ok || step.value.step !== 'signed-in') throw new Error(outcome(step));
  const { token } = step.value.session;
  expect((await readSession(world.ctx, token)).live).toBeDefined();
  expect(await suspendPerson(world.ctx, 'Marie@innovactione.example')).toEqual({ ok: true, value: { sessions: 1 } });
  expect(await readSession(world.ctx, token)).toEqual({ recent: { profileId: marie.profileId, suspended: true } });
  expect(await suspendPerson(world.ctx, 'marie@innovactione.example')).toEqual({ ok: true, value: { sessions: 0 } });
  await settlePerson(world.ctx, { organisationId, name: 'Marie', address: 'marie@innovactione.example', roles: ['collaborator'] });
  expect((await readSession(world.ctx, token)).live).toBeUndefined();
  expect((await findPersonaByAddress(world.ctx, 'marie@innovactione.example'))?.displayName).toBe('Marie Unetelle');
  expect(await suspendPerson(world.ctx, 'personne@nulle-part.example')).toMatchObject({ refusal: { code: 'person.not-found' } });
});

function importing(text: string | Buffer, apply = true) {
  async function* source() {
    yield Buffer.from(text);
  }
  return importPeople(world.ctx, { organisationId, source: source(), apply, progress: () => undefined });
}
const members = async () => (await listMembers(world.ctx, { organisationId, after: undefined })).map(({ name, address, role }) => `${name} ${address} ${role}`);

test('a list is applied whole, twice is once; a preview foretells it and changes nothing', async () => {
  const list =
    'Adresse,Nom,Rôle,Service\nmarie@x.example,Marie Unetelle,collaboratrice,A\nMARIE@x.example,Marie Unetelle,administratrice,A\npaul@x.example, Paul  Tremblay ,Collaborator,B\n';
  expect(await importing(list, false)).toEqual({ done: true, counts: { lines: 3, created: 2, roles: 3 } });
  expect(await members()).toEqual([]);
  expect(await importing(list)).toEqual({ done: true, counts: { lines: 3, created: 2, roles: 3 } });
  expect(await importing(list)).toEqual({ done: true, counts: { lines: 3, created: 0, roles: 0 } });
  expect((await members()).sort()).toEqual([
    'Marie Unetelle marie@x.example administrator',
    'Marie Unetelle marie@x.example collaborator',
    'Paul Tremblay paul@x.example collaborator',
  ]);
});

test('somebody known keeps their name, and somebody suspended stays so', async () => {
  const paul = await settle(world, 'Paul Tremblay', ['paul@x.example']);
  await suspendPerson(world.ctx, 'paul@x.example');
  expect(await importing('name,address,role\nAutre Nom,paul@x.example,collaborator\n')).toEqual({ done: true, counts: { lines: 1, created: 0, roles: 1 } });
  const [member] = await listMembers(world.ctx, { organisationId, after: undefined });
  expect(member).toMatchObject({ name: 'Paul Tremblay', status: 'suspended' });
  expect(await listOrganisationNames(world.ctx, [paul.personaId])).toEqual(['Innovactione']);
});

test.each([
  ['a missing column', 'nom,adresse\nMarie,marie@x.example\n', [[1, 'column-missing', 'role / rôle']]],
  ['an empty file', '', [[1, 'empty', '']]],
  ['a column twice', 'nom,name,adresse,role\n', [[1, 'column-twice', 'name / nom']]],
  ['Latin-1', Buffer.from('nom,adresse,role\nÉlodie,e@x.example,collaboratrice\n', 'latin1'), [[2, 'not-utf-8', '']]],
  [
    'every line at once',
    'nom,adresse,role\nMarie,m@x.example,chef\nPaul,paul,collaborateur\n,n@x.example,collaborateur\nA,a@x.example,collaborateur\nA,A@x.example,collaborateur\nB,b@x.example\n',
    [
      [2, 'role', 'chef'],
      [3, 'address', 'paul'],
      [4, 'name', ''],
      [6, 'duplicate', '5'],
      [7, 'fields', '2 / 3'],
    ],
  ],
])('%s: nothing is taken, and each line says why', async (_what, text, expected) => {
  const outcome = await importing(text);
  expect(outcome.done ? [] : outcome.faults.map(({ line, fault, value }) => [line, fault, value])).toEqual(expected);
  expect(await members()).toEqual([]);
});

test('100 000 lines', { timeout: 120_000 }, async () => {
  async function* lines() {
    yield Buffer.from('name,address,role\n');
    for (let batch = 0; batch < 100; batch += 1) {
      const rows = Array.from({ length: 1000 }, (_, row) => `Personne ${batch} ${row},p${batch}.${row}@grande.example,collaborator\n`);
      yield Buffer.from(rows.join(''));
    }
  }
  const heard: string[] = [];
  const outcome = await importPeople(world.ctx, {
    organisationId,
    source: lines(),
    apply: true,
    progress: (stage, count) => count % 50_000 === 0 && heard.push(`${stage} ${count}`),
  });
  expect(outcome).toEqual({ done: true, counts: { lines: 100_000, created: 100_000, roles: 100_000 } });
  expect(heard).toEqual(['read 50000', 'read 100000', 'written 50000', 'written 100000']);
});
