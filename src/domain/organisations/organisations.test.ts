import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setProfileStatus } from '#domain/people/api.ts';
import { employ, foundInnovactione, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { addMembership, createOrganisation, listActiveCollaborators, listHolderPersonas, type Organisation, setMembershipStatus } from './api.ts';

let world: World;
let innovactione: Organisation;

beforeEach(async () => {
  world = await makeWorld();
  innovactione = await foundInnovactione(world);
});
afterEach(() => world.dispose());

describe('who may hold a conversation', () => {
  test('000-03 000-06: a collaborator by the address of their membership, a participant by none', async () => {
    const marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example', 'marie@courriel.example']);
    await employ(world, innovactione.id, marie.personaId);
    const jean = await settle(world, 'Jean Dubé', ['jeand@courriel.example']);
    const holders = await listHolderPersonas(await world.as(marie.profileId));
    expect(holders).toMatchObject([{ address: 'marie.unetelle@innovactione.example', organisationName: 'Innovactione', timeZone: 'America/Toronto' }]);
    expect(await listHolderPersonas(await world.as(jean.profileId))).toEqual([]);
  });

  test('000-06: an administrator who is no collaborator holds none', async () => {
    const alain = await settle(world, 'Alain Gagnon', ['alain.gagnon@innovactione.example']);
    await employ(world, innovactione.id, alain.personaId, 'administrator');
    expect(await listHolderPersonas(await world.as(alain.profileId))).toEqual([]);
  });

  test('000-31 000-A1: a collaborator suspended here, or whose profile is suspended, is active no more', async () => {
    const marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example']);
    const paul = await settle(world, 'Paul Tremblay', ['paul.tremblay@innovactione.example']);
    await employ(world, innovactione.id, marie.personaId);
    await employ(world, innovactione.id, paul.personaId);
    const asked = { organisationId: innovactione.id, personaIds: [marie.personaId, paul.personaId] };
    expect((await listActiveCollaborators(world.ctx, asked)).size).toBe(2);
    await setMembershipStatus(world.ctx, { organisationId: innovactione.id, personaId: marie.personaId, role: 'collaborator', status: 'suspended' });
    await setProfileStatus(world.ctx, { profileId: paul.profileId, status: 'suspended' });
    expect((await listActiveCollaborators(world.ctx, asked)).size).toBe(0);
    await employ(world, innovactione.id, marie.personaId);
    expect([...(await listActiveCollaborators(world.ctx, asked))]).toEqual([marie.personaId]);
  });
});

describe('who may change memberships', () => {
  test('S-17: an administrator of that organisation; not one of another, not a collaborator, not a participant', async () => {
    const other = await createOrganisation(world.ctx, { slug: 'tilleuls', name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', locale: 'fr-FR' });
    const alain = await settle(world, 'Alain Gagnon', ['alain.gagnon@innovactione.example']);
    await employ(world, innovactione.id, alain.personaId, 'administrator');
    const marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example']);
    await employ(world, innovactione.id, marie.personaId);
    const jean = await settle(world, 'Jean Dubé', ['jeand@courriel.example']);
    const grant = { personaId: jean.personaId, role: 'collaborator' as const };
    for (const stranger of [marie, jean]) {
      expect(await addMembership(await world.as(stranger.profileId), { ...grant, organisationId: innovactione.id })).toMatchObject({
        refusal: { code: 'organisation.not-found' },
      });
    }
    const asAlain = await world.as(alain.profileId);
    expect(await addMembership(asAlain, { ...grant, organisationId: other.id })).toMatchObject({ ok: false });
    expect((await addMembership(asAlain, { ...grant, organisationId: innovactione.id })).ok).toBe(true);
  });
});
