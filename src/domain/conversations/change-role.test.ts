import { afterEach, beforeEach, expect, test } from 'vitest';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { type Conversed, makeConversation } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import { canManage, changeRole, delegate, removePerson } from './api.ts';

let conversed: Conversed;
let world: Conversed['world'];
beforeEach(async () => {
  conversed = await makeConversation();
  ({ world } = conversed);
  done(await conversed.add([world.paul.address], { past: false }));
});
afterEach(() => world.dispose());

type Role = Parameters<typeof changeRole>[1]['role'];
const change = (subject: string, role: Role) => changeRole(conversed.marie, { ...conversed.about(subject), role });
const paulManages = async () => {
  const paul = await world.as(world.paul.profileId);
  return canManage(paul.actor, await conversed.door(paul));
};

test('000-C7 000-40: a participant becomes a collaborator and back, sees no more and no less, and everybody reads it in the activities', async () => {
  await conversed.say(conversed.marie, 'Deux');
  await conversed.openAll(conversed.paul);
  const seen = await conversed.door(conversed.paul);
  expect(await paulManages()).toBe(false);
  for (let n = 0; n < 2; n++) done(await change(world.paul.personaId, 'collaborator'));
  expect(await paulManages()).toBe(true);
  expect(await conversed.door(conversed.paul)).toEqual({ ...seen, role: 'collaborator' });
  done(await change(world.paul.personaId, 'participant'));
  expect(await paulManages()).toBe(false);
  const lines = (await conversed.lines(conversed.jean)).filter(([kind]) => String(kind).startsWith('made-'));
  expect(lines).toEqual([
    ['made-collaborator', world.paul.address],
    ['made-participant', world.paul.address],
  ]);
});

test('000-06 000-07: nobody but who manages it changes a role, and nobody outside the organisation manages', async () => {
  for (const ctx of [conversed.jean, conversed.paul, conversed.nadia, await world.as(world.alain.profileId)]) {
    const asked = { conversationId: conversed.id, personaId: ctx.actor.personas[0]?.id ?? '', subjectPersonaId: world.paul.personaId };
    expect(await changeRole(ctx, { ...asked, role: 'collaborator' })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
  }
  expect(await change(world.jean.personaId, 'collaborator')).toMatchObject({ refusal: { code: 'participants.not-collaborators' } });
  expect(await change(world.marie.personaId, 'participant')).toMatchObject({ refusal: { code: 'person.holder-role' } });
  expect(await change(conversed.nadiaId, 'collaborator')).toMatchObject({ refusal: { code: 'person.not-here' } });
  done(await removePerson(conversed.marie, conversed.about(world.paul.personaId)));
  expect(await change(world.paul.personaId, 'collaborator')).toMatchObject({ refusal: { code: 'person.not-here' } });
});

test('000-32: in a red conversation nothing changes; the last who can manage stays one', async () => {
  done(await change(world.paul.personaId, 'collaborator'));
  const { organisationId } = world;
  done(await setMembershipStatus(world.ctx, { organisationId, personaId: world.marie.personaId, role: 'collaborator', status: 'suspended' }));
  const asPaul = { conversationId: conversed.id, personaId: world.paul.personaId, subjectPersonaId: world.paul.personaId };
  expect(await changeRole(await world.as(world.paul.profileId), { ...asPaul, role: 'participant' })).toMatchObject({
    refusal: { code: 'conversation.read-only' },
  });
});

test('000-C7: whoever replaces the holder keeps that part until the leave ends', async () => {
  const nadia = await world.hire('Lou Caron', 'lou.caron@innovactione.example');
  const leave = { personaId: world.marie.personaId, organisationId: world.organisationId, address: nadia.address, from: '2015-02-02', to: '2015-02-03' };
  done(await delegate(conversed.marie, leave));
  expect(await change(nadia.personaId, 'participant')).toMatchObject({ refusal: { code: 'person.stands-in' } });
});

test('000-C7: changed and removed at the same moment, there is one truth', async () => {
  const [changed, removed] = await Promise.all([
    change(world.paul.personaId, 'collaborator'),
    removePerson(conversed.marie, conversed.about(world.paul.personaId)),
  ]);
  expect(removed.ok).toBe(true);
  if (!changed.ok) expect(changed.refusal.code).toBe('person.not-here');
  expect((await conversed.states()).has(world.paul.address)).toBe(false);
});
