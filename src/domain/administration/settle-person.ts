import { atomically, type Ctx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { addMembership } from '#domain/organisations/api.ts';
import { createProfile, findPersonaByAddress, openPersona, setProfileStatus } from '#domain/people/api.ts';
import { ok, type Result } from '#result';
import type { Role } from '#shared/people.ts';

export type SettledPerson = { profileId: string; personaId: string; created: boolean };

/**
 * Gives an address its human and roles in an organisation. Somebody who has a profile keeps its name; somebody suspended is back.
 * Refusals: `person.name-…`.
 */
export function settlePerson(
  ctx: Ctx,
  asked: { organisationId: string; name: string; address: string; roles: readonly Role[] },
): Promise<Result<SettledPerson>> {
  return atomically(ctx, async (inside) => {
    const settled = await findOrCreate(inside, asked);
    if (!settled.ok) return settled;
    for (const role of asked.roles) {
      const added = await addMembership(inside, { organisationId: asked.organisationId, personaId: settled.value.personaId, role });
      if (!added.ok) return added;
    }
    const details = { roles: asked.roles, newAccount: settled.value.created };
    await recordAudit(inside, { organisationId: asked.organisationId, kind: 'person.granted', subject: { address: asked.address }, details });
    return settled;
  });
}

async function findOrCreate(ctx: Ctx, asked: { name: string; address: string }): Promise<Result<SettledPerson>> {
  const known = await findPersonaByAddress(ctx, asked.address);
  if (known?.closedAt) await openPersona(ctx, known.id);
  if (known?.profileId) {
    await setProfileStatus(ctx, { profileId: known.profileId, status: 'active' });
    return ok({ profileId: known.profileId, personaId: known.id, created: false });
  }
  const made = await createProfile(ctx, { displayName: asked.name, addresses: [asked.address] });
  if (!made.ok) return made;
  const personaId = made.value.personas[0]?.id;
  if (personaId === undefined) throw new Error('A profile was made without its address');
  return ok({ profileId: made.value.profileId, personaId, created: true });
}
