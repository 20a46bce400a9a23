import { afterEach, beforeEach, expect, test } from 'vitest';
import { accessConversation, listConversations, postMessage } from '#domain/conversations/api.ts';
import { createOrganisation, listHolderPersonas, setMembershipStatus } from '#domain/organisations/api.ts';
import { findPersonaByAddress, setProfileStatus } from '#domain/people/api.ts';
import { readSession, startSession } from '#domain/sign-in/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { goodPassword, newVisitor, outcome } from '../../../tests/support/visitor.ts';
import { savePassword } from '../passwords/save-password.ts';
import {
  accessAdministered,
  deleteMember,
  findMember,
  grantMember,
  inviteMember,
  listAdministered,
  listStaff,
  reactivateMember,
  setMemberRoles,
  suspendMember,
} from './api.ts';

let world: Innovactione;
let here: { organisationId: string };
beforeEach(async () => {
  world = await makeInnovactione();
  here = { organisationId: world.organisationId };
});
afterEach(() => world.dispose());

const alain = () => world.as(world.alain.profileId);
const marieIn = () => ({ ...here, personaId: world.marie.personaId });
const lines = async () => (await world.ctx.db.selectFrom('audit_entries').select(['kind', 'subject_address', 'details']).orderBy('id').execute()) ?? [];
const newLetter = (conversationId: string, personaId: string) => ({
  conversationId,
  personaId,
  message: 'Encore un mot.',
  uploadIds: [],
  postKey: world.ctx.newId(),
});

async function otherOrganisation() {
  const { id } = await createOrganisation(world.ctx, { slug: 'tilleuls', name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', locale: 'fr-FR' });
  return { organisationId: id };
}

test('000-A1 000-31 000-32: suspending turns the conversations red and ends the sessions at once; opening again turns them black', async () => {
  const marie = await world.as(world.marie.profileId);
  const conversationId = await converse(marie, world.marie.personaId);
  const grant = await startSession(world.ctx, { profileId: world.marie.profileId, method: 'password', staff: true, device: undefined, ownDevice: false });
  const jean = await world.as(world.jean.profileId);

  expect(await suspendMember(await alain(), marieIn())).toMatchObject({ ok: true });
  expect((await readSession(world.ctx, grant.token)).live).toBeUndefined();
  expect((await readSession(world.ctx, grant.token)).recent).toEqual({ profileId: world.marie.profileId, suspended: true });
  expect(await accessConversation(jean, { conversationId })).toMatchObject([{ holderActive: false }]);
  expect(await postMessage(jean, newLetter(conversationId, world.jean.personaId))).toMatchObject({ refusal: { code: 'conversation.read-only' } });
  expect(await listHolderPersonas(marie)).toEqual([]);

  expect(await suspendMember(await alain(), marieIn())).toEqual({ ok: true, value: { sessions: 0 } });
  expect(await reactivateMember(await alain(), marieIn())).toEqual({ ok: true, value: undefined });
  expect(await reactivateMember(await alain(), marieIn())).toEqual({ ok: true, value: undefined });
  expect(await postMessage(jean, newLetter(conversationId, world.jean.personaId))).toMatchObject({ ok: true });
  expect((await readSession(world.ctx, grant.token)).live).toBeUndefined();
  expect((await lines()).map(({ kind, subject_address }) => [kind, subject_address])).toEqual([
    ['person.suspended', world.marie.address],
    ['person.reactivated', world.marie.address],
  ]);
});

test('000-A1: a suspended address opens no session, by password or by code, and no notice is mailed to it', async () => {
  await savePassword(world.ctx, { profileId: world.marie.profileId, password: goodPassword, ownWords: [] });
  done(await suspendMember(await alain(), marieIn()));
  const byPassword = newVisitor(world);
  await byPassword.begins(world.marie.address);
  expect(outcome(await byPassword.givesPassword(goodPassword))).toBe('sign-in.suspended');
  const byCode = newVisitor(world);
  await byCode.begins(world.marie.address);
  await byCode.asksForCode();
  expect(outcome(await byCode.givesCode(await world.lastCode(world.marie.address)))).toBe('sign-in.suspended');
  await converse(await world.as(world.paul.profileId), world.paul.personaId, { participants: [world.marie.address] });
  await world.runJobs();
  expect((await world.mails(world.marie.address)).map(({ kind }) => kind)).toEqual(['code']);
});

test('000-A1 000-A4: deleting ends the account and leaves the evidence, with the address as text', async () => {
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  await savePassword(world.ctx, { profileId: world.marie.profileId, password: goodPassword, ownWords: [] });
  done(await deleteMember(await alain(), marieIn()));

  const jean = await world.as(world.jean.profileId);
  expect(await accessConversation(jean, { conversationId })).toMatchObject([
    { holderActive: false, holderAddress: world.marie.address, holderName: undefined, messageCount: 1 },
  ]);
  expect(await findPersonaByAddress(world.ctx, world.marie.address)).toMatchObject({ id: world.marie.personaId, profileId: undefined });
  const left = await world.ctx.db.selectFrom('profiles').select(['display_name', 'status']).where('id', '=', world.marie.profileId).executeTakeFirst();
  expect(left).toEqual({ display_name: '', status: 'suspended' });
  const visitor = newVisitor(world);
  await visitor.begins(world.marie.address);
  expect(outcome(await visitor.givesPassword(goodPassword))).toBe('sign-in.not-recognised');
  await visitor.asksForCode();
  expect(outcome(await visitor.givesCode(await world.lastCode(world.marie.address)))).toBe('sign-in.suspended');
  expect(await deleteMember(await alain(), marieIn())).toMatchObject({ refusal: { code: 'person.not-found' } });
  expect(await lines()).toMatchObject([{ kind: 'person.deleted', subject_address: world.marie.address }]);
});

test('000-A1: an address deleted before is given to nobody but the same person, who comes in anew', async () => {
  done(await deleteMember(await alain(), marieIn()));
  const asked = { ...here, name: 'Marie Unetelle', address: world.marie.address, roles: ['collaborator'] as const };
  expect(await grantMember(await alain(), { ...asked, samePerson: false })).toMatchObject({ refusal: { code: 'member.left-before' } });
  expect(await grantMember(await alain(), { ...asked, samePerson: true })).toEqual({ ok: true, value: { personaId: world.marie.personaId } });
  await world.runJobs();
  const visitor = newVisitor(world, { requireSecondProof: true });
  await visitor.begins(world.marie.address);
  await visitor.asksForCode();
  expect(outcome(await visitor.givesCode(await world.lastCode(world.marie.address)))).toBe('new-password');
});

test('000-A1 S-17: an account its owner opened is not closed by an organisation that once gave it a role', async () => {
  const college = await otherOrganisation();
  await savePassword(world.ctx, { profileId: world.jean.profileId, password: goodPassword, ownWords: [] });
  const place = { ...here, personaId: world.jean.personaId };
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  done(await grantMember(await alain(), { ...here, name: '?', address: world.jean.address, roles: ['collaborator'], samePerson: false }));
  expect(await findMember(await alain(), place)).toMatchObject({ name: 'Jean Dubé', state: 'active' });
  done(await suspendMember(await alain(), place));
  done(await deleteMember(await alain(), place));
  expect(await accessConversation(await world.as(world.jean.profileId), { conversationId })).toHaveLength(1);
  expect(await listStaff(await alain(), { ...college, search: '', ended: false, page: 1 })).toBeUndefined();
});

test('000-A1: the last administrator is neither suspended, nor deleted, nor relieved of the role', async () => {
  const place = { ...here, personaId: world.alain.personaId };
  const last = { refusal: { code: 'member.last-administrator' } };
  expect(await suspendMember(await alain(), place)).toMatchObject(last);
  expect(await deleteMember(await alain(), place)).toMatchObject(last);
  expect(await setMemberRoles(await alain(), { ...place, roles: ['collaborator'] })).toMatchObject(last);
  expect(await lines()).toEqual([]);
  done(await setMemberRoles(await alain(), { ...marieIn(), roles: ['collaborator', 'administrator'] }));
  expect(await setMemberRoles(await alain(), { ...place, roles: ['collaborator'] })).toMatchObject({ ok: true });
  expect((await findMember(await world.as(world.marie.profileId), place))?.roles).toEqual([
    { role: 'collaborator', status: 'active' },
    { role: 'administrator', status: 'ended' },
  ]);
});

test('000-A1: two administrators who leave at the same moment do not leave nobody', async () => {
  done(await setMemberRoles(await alain(), { ...marieIn(), roles: ['collaborator', 'administrator'] }));
  const [one, other] = [await alain(), await world.as(world.marie.profileId)];
  const both = await Promise.all([deleteMember(one, { ...here, personaId: world.alain.personaId }), deleteMember(other, marieIn())]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
});

test('000-A1: an invitation is a mail without a key; it is sent again once a minute and five times a day at most', async () => {
  const granted = done(
    await grantMember(await alain(), { ...here, name: 'Nadia Roy', address: 'nadia.roy@innovactione.example', roles: ['collaborator'], samePerson: false }),
  );
  await world.runJobs();
  const [mail] = await world.mails('nadia.roy@innovactione.example');
  expect(mail).toMatchObject({ kind: 'invitation', code: undefined, parameters: { organisationId: world.organisationId } });
  const kept = await world.ctx.db.selectFrom('outgoing_mails').select(['body_text', 'links']).where('kind', '=', 'invitation').executeTakeFirstOrThrow();
  expect(kept.body_text).toContain('Innovactione');
  expect(kept.links).toContain('https://pli.innovactione.example/ouvrir-une-session');
  const place = { ...here, personaId: granted.personaId };
  expect(await inviteMember(await alain(), place)).toMatchObject({ refusal: { code: 'member.invited-already' } });
  for (const expected of [true, true, true, true, false]) {
    world.clock.advance(61);
    expect((await inviteMember(await alain(), place)).ok).toBe(expected);
  }
  expect(await findMember(await alain(), place)).toMatchObject({ hasComeIn: false, state: 'active' });
});

test('000-A1: what cannot be granted is said', async () => {
  const asked = { ...here, name: 'Nadia Roy', address: 'nadia.roy@innovactione.example', roles: ['collaborator'] as const, samePerson: false };
  const code = async (changed: object) => {
    const granted = await grantMember(await alain(), { ...asked, ...changed });
    return granted.ok ? 'granted' : granted.refusal.code;
  };
  expect(await code({ address: 'nadia' })).toBe('member.address-not-valid');
  expect(await code({ roles: [] })).toBe('member.no-role');
  expect(await code({ name: ' ' })).toBe('person.name-missing');
  await setProfileStatus(world.ctx, { profileId: world.paul.profileId, status: 'suspended' });
  expect(await code({ address: world.paul.address })).toBe('member.suspended-everywhere');
  expect(await reactivateMember(await alain(), { ...here, personaId: world.paul.personaId })).toMatchObject({
    refusal: { code: 'member.suspended-everywhere' },
  });
});

test('000-A1 S-17: a stranger, a collaborator and the administrator of another organisation find nobody', async () => {
  const college = await otherOrganisation();
  done(
    await grantMember(
      { ...(await alain()), actor: { ...(await alain()).actor } },
      { ...here, name: 'X', address: 'x@x.example', roles: ['collaborator'], samePerson: false },
    ),
  );
  await setMembershipStatus(world.ctx, { ...here, personaId: world.paul.personaId, role: 'collaborator', status: 'ended' });
  const director = await world.as(world.paul.profileId);
  const asDirector = {
    ...director,
    actor: { ...director.actor, memberships: [{ ...college, personaId: world.paul.personaId, role: 'administrator' as const }] },
  };
  for (const who of [await world.as(world.jean.profileId), await world.as(world.marie.profileId), asDirector]) {
    const refused = [
      await suspendMember(who, marieIn()),
      await reactivateMember(who, marieIn()),
      await deleteMember(who, marieIn()),
      await inviteMember(who, marieIn()),
      await setMemberRoles(who, { ...marieIn(), roles: ['administrator'] }),
      await grantMember(who, { ...here, name: 'X', address: 'y@x.example', roles: ['administrator'], samePerson: false }),
    ];
    expect(refused.map((one) => (one.ok ? 'done' : one.refusal.code))).toEqual(Array(6).fill('organisation.not-found'));
    expect(await listStaff(who, { ...here, search: '', ended: false, page: 1 })).toBeUndefined();
    expect(await findMember(who, marieIn())).toBeUndefined();
    expect(await accessAdministered(who, 'innovactione')).toBeUndefined();
  }
  expect((await listAdministered(asDirector)).map(({ slug }) => slug)).toEqual(['tilleuls']);
  expect(await suspendMember(await alain(), { ...college, personaId: world.marie.personaId })).toMatchObject({ ok: false });
  expect(await suspendMember(await alain(), { ...here, personaId: world.jean.personaId })).toMatchObject({ refusal: { code: 'person.not-found' } });
  expect(await suspendMember(await alain(), { ...here, personaId: 'x' })).toMatchObject({ refusal: { code: 'person.not-found' } });
});

test('000-A1: people are listed by address, found by any word of name or address, in pages', async () => {
  const found = async (search: string, more: object = {}) =>
    (await listStaff(await alain(), { ...here, search, ended: false, page: 1, ...more }))?.rows.map(({ name }) => name);
  expect(await found('')).toEqual(['Alain Gagnon', 'Marie Unetelle', 'Paul Tremblay']);
  expect(await found('TREM')).toEqual(['Paul Tremblay']);
  expect(await found('unetelle mar')).toEqual(['Marie Unetelle']);
  expect(await found('innovactione')).toHaveLength(3);
  expect(await found("' & | ! : *")).toHaveLength(3);
  expect(await found('personne')).toEqual([]);
  expect(await found('', { page: 9 })).toHaveLength(3);
  done(await deleteMember(await alain(), marieIn()));
  expect(await found('')).toEqual(['Alain Gagnon', 'Paul Tremblay']);
  expect(await listStaff(await alain(), { ...here, search: '', ended: true, page: 1 })).toMatchObject({
    rows: [{ name: undefined, address: world.marie.address, state: 'ended' }],
    total: 1,
  });
});

test('000-07: an administrator has no list and no conversation of others', async () => {
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
  expect(await accessConversation(await alain(), { conversationId })).toEqual([]);
  expect((await listConversations(await alain(), { personaId: world.alain.personaId, page: 1, size: 10, order: 'newest' }))?.total).toBe(0);
});
