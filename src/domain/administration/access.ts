import { z } from 'zod';
import type { Ctx, SignedInCtx } from '#context';
import { accessAdministration, findOrganisationBySlug, type HeldRole, listOrganisationsById, lockRoles, type Organisation } from '#domain/organisations/api.ts';
import { getPersonas } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';

/** The door of an organisation's pages: its administrators in force, and nobody else. Absent and forbidden are one answer. */
export async function accessAdministered(ctx: SignedInCtx, slug: string): Promise<Organisation | undefined> {
  if (!ctx.actor.memberships.some(({ role }) => role === 'administrator')) return undefined;
  const organisation = await findOrganisationBySlug(ctx, slug);
  return organisation && accessAdministration(ctx, organisation.id).ok ? organisation : undefined;
}

/** The organisations that the actor administers (S-17), by name. */
export async function listAdministered(ctx: SignedInCtx): Promise<Organisation[]> {
  const ids = ctx.actor.memberships.filter(({ role }) => role === 'administrator').map(({ organisationId }) => organisationId);
  return listOrganisationsById(ctx, ids);
}

export type MemberPlace = { organisationId: string; personaId: string };

/** An address that holds or held a role in an organisation. */
export type LockedMember = MemberPlace & { address: string; profileId: string | undefined; suspendedEverywhere: boolean; vouched: boolean; roles: HeldRole[] };

/** The door to one of an organisation's people, locked until the transaction ends: for its administrators. */
export async function lockMember(ctx: Ctx, place: MemberPlace): Promise<Result<LockedMember>> {
  const door = accessAdministration(ctx, place.organisationId);
  if (!door.ok) return door;
  if (!z.uuid().safeParse(place.personaId).success) return refuse('person.not-found');
  const roles = await lockRoles(ctx, place);
  const persona = (await getPersonas(ctx, [place.personaId])).get(place.personaId);
  if (roles.length === 0 || !persona) return refuse('person.not-found');
  const { address, profileId, suspended, vouchedBy } = persona;
  return ok({ ...place, address, profileId, suspendedEverywhere: suspended, vouched: vouchedBy === place.organisationId, roles });
}
