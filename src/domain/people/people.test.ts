import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { accessOwnProfile, adoptPersona, createProfile, findOrInvitePersona, getPersonas, listPeople, updateProfile } from './api.ts';

const jean = 'jeand@courriel.example';
const atelier = 'jean.dube@atelier.example';
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.dispose());

describe('an address', () => {
  test('000-Y1: invited twice, in any case, even at the same moment, is one persona', async () => {
    const invited = await Promise.all([jean, jean.toUpperCase(), ` ${jean} `.trim()].map((address) => findOrInvitePersona(world.ctx, address)));
    expect(new Set(invited.map((persona) => persona.id)).size).toBe(1);
  });

  test('000-Y1: belongs to one profile at a time', async () => {
    await settle(world, 'Jean Dubé', [jean]);
    const nadia = await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example']);
    expect(await adoptPersona(world.ctx, { profileId: nadia.profileId, address: jean })).toMatchObject({ refusal: { code: 'person.address-taken' } });
    expect(await createProfile(world.ctx, { displayName: 'Alain Gagnon', addresses: ['alain@courriel.example', jean] })).toMatchObject({
      refusal: { code: 'person.address-taken' },
    });
    expect(await listPeople(world.ctx)).toHaveLength(2);
  });

  test('000-Y1: wanted by two profiles at the same moment, goes to one', async () => {
    const one = await settle(world, 'Jean Dubé', [jean]);
    const other = await settle(world, 'Nadia Roy', ['nadia.roy@courriel.example']);
    const adoptions = await Promise.all([one, other, one, other].map(({ profileId }) => adoptPersona(world.ctx, { profileId, address: atelier })));
    expect(adoptions.filter((adoption) => adoption.ok)).toHaveLength(2);
  });

  test('is read with its owner by id; an id that names nothing is absent', async () => {
    const { personaId } = await settle(world, 'Jean Dubé', [jean]);
    const personas = await getPersonas(world.ctx, [personaId, world.ctx.newId()]);
    expect([...personas.values()]).toMatchObject([{ address: jean, displayName: 'Jean Dubé' }]);
  });
});

describe('a profile', () => {
  test('S-04: has its addresses in the order they came', async () => {
    const { profileId } = await settle(world, 'Jean Dubé', [jean, atelier]);
    const profile = await accessOwnProfile(await world.as(profileId));
    expect(profile.personas.map((persona) => persona.address)).toEqual([jean, atelier]);
  });

  test('S-16: decides its name, language, zone and appearance', async () => {
    const { profileId } = await settle(world, 'Jean Dubé', [jean]);
    const ctx = await world.as(profileId);
    expect((await updateProfile(ctx, { displayName: ' Jean  D. ', locale: 'en', timeZone: 'Europe/Paris', theme: 'dark' })).ok).toBe(true);
    expect(await accessOwnProfile(ctx)).toMatchObject({ displayName: 'Jean D.', locale: 'en', timeZone: 'Europe/Paris', theme: 'dark' });
  });

  test.each(['Mars/Olympus', '+02:00', 'UTC+2', "America/Toronto'; drop", 'a/\0'])('S-16: does not live in the zone %j', async (timeZone) => {
    const { profileId } = await settle(world, 'Jean Dubé', [jean]);
    const saved = await updateProfile(await world.as(profileId), { displayName: 'Jean', locale: undefined, timeZone, theme: 'auto' });
    expect(saved).toMatchObject({ refusal: { code: 'person.setting-unknown' } });
  });
});
