import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { deleteMember, grantMember, reactivateMember, suspendMember } from '#domain/administration/api.ts';
import { addMembership, createOrganisation } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione, type Person } from '../../../tests/support/people.ts';
import { accessConversations, accessOneConversation, countInboxes, countsOf, listConversations, postMessage, readThread } from './api.ts';

let world: Innovactione;
let marie: SignedInCtx;
let alain: SignedInCtx;
let college: string;
/** Jean has an account of his own, and works for both organisations with the same address. */
let jean: Person;
let before: string;
let during: string;
let atTheCollege: string;

beforeEach(async () => {
  world = await makeInnovactione();
  jean = world.jean;
  marie = await world.as(world.marie.profileId);
  alain = await world.as(world.alain.profileId);
  const organisation = await createOrganisation(world.ctx, { slug: 'tilleuls', name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', locale: 'fr-FR' });
  college = organisation.id;
  before = await converse(marie, world.marie.personaId, { title: 'Comme client' });
  world.clock.advance(60);
  for (const organisationId of [world.organisationId, college])
    done(await addMembership(world.ctx, { organisationId, personaId: jean.personaId, role: 'collaborator' }));
  // So that it opened no account of Jean's, whatever the order in which the roles came.
  await world.ctx.db.updateTable('personas').set({ vouched_by: null }).where('id', '=', jean.personaId).execute();
  world.clock.advance(60);
  during = await converse(marie, world.marie.personaId, { title: 'Comme collègue' });
  // Of the two organisations of one address, a conversation is started for the first by name.
  atTheCollege = await converse(await world.as(jean.profileId), jean.personaId, { title: 'Au collège', participants: [world.marie.address] });
});
afterEach(() => world.dispose());

const place = () => ({ organisationId: world.organisationId, personaId: jean.personaId });
const reads = async (id: string) => (await accessOneConversation(await world.as(jean.profileId), { conversationId: id })) !== undefined;
async function listed() {
  const ctx = await world.as(jean.profileId);
  const list = await listConversations(ctx, {
    personaId: jean.personaId,
    page: 1,
    size: 10,
    order: 'newest',
    total: countsOf(ctx.actor).conversations[jean.personaId] ?? 0,
  });
  return { titles: list?.rows.map((row) => row.title).sort(), total: list?.total, header: countsOf(ctx.actor).total, live: (await countInboxes(ctx)).total };
}
const say = async (id: string) =>
  done(await postMessage(marie, { conversationId: id, personaId: world.marie.personaId, message: 'Bonjour', uploadIds: [], postKey: marie.newId() }));
const told = async () => {
  await world.runJobs();
  return (await world.mails(jean.address)).filter((mail) => mail.kind === 'notice').length;
};

test('000-A1 000-07: suspended in one organisation only, its conversations are closed to that address, and no other ones are; a notice of them leaves no more', async () => {
  expect(await told()).toBe(2);
  world.clock.advance(3600);
  await say(during);
  expect(await told()).toBe(3);
  done(await suspendMember(alain, place()));
  const inHand = await accessConversations(await world.as(jean.profileId), [before, during, atTheCollege]);
  expect(inHand.map((one) => one.title)).toEqual(['Au collège']);
  expect([await reads(before), await reads(during), await reads(atTheCollege)]).toEqual([false, false, true]);
  expect(await listed()).toEqual({ titles: ['Au collège'], total: 1, header: 0, live: 0 });
  world.clock.advance(3600);
  await say(during);
  expect(await told()).toBe(3);
  // Marie sees that he cannot read now.
  const conversation = await accessOneConversation(marie, { conversationId: during });
  const { people } = await readThread(marie, conversation ?? fail(), {});
  expect(people.find((person) => person.address === jean.address)).toMatchObject({ reads: 'suspended' });
  // Back: with all that came meanwhile.
  done(await reactivateMember(alain, place()));
  expect([await reads(before), await reads(during), await reads(atTheCollege)]).toEqual([true, true, true]);
  expect(await listed()).toEqual({ titles: ['Au collège', 'Comme client', 'Comme collègue'], total: 3, header: 4, live: 4 });
});

test('000-A1: a notice that waited when somebody was suspended does not leave', async () => {
  expect(await told()).toBe(2);
  await say(during);
  expect(await told()).toBe(2);
  done(await suspendMember(alain, place()));
  world.clock.advance(3600);
  expect(await told()).toBe(2);
});

test('000-A1 000-A4: deleted, an address keeps what it was given as a client and loses what it was given as a colleague, until it is granted a role again', async () => {
  done(await deleteMember(alain, place()));
  expect([await reads(before), await reads(during), await reads(atTheCollege)]).toEqual([true, false, true]);
  expect(await listed()).toMatchObject({ titles: ['Au collège', 'Comme client'], total: 2, header: 1, live: 1 });
  world.clock.advance(60);
  const later = await converse(marie, world.marie.personaId, { title: 'De nouveau client' });
  expect(await reads(later)).toBe(true);
  done(await grantMember(alain, { ...place(), address: jean.address, name: 'Jean Dubé', roles: ['administrator'], samePerson: true }));
  expect([await reads(before), await reads(during), await reads(later)]).toEqual([true, true, true]);
});

test('000-A1 S-04: another address of the same human is not concerned', async () => {
  const other = await converse(marie, world.marie.personaId, { title: 'À l’atelier', participants: ['jean.dube@atelier.example'] });
  done(await suspendMember(alain, place()));
  expect(await reads(other)).toBe(true);
});

function fail(): never {
  throw new Error('Not found');
}
