import { atomically, type Ctx, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { sendInvitation } from '#domain/notices/api.ts';
import { accessAdministration, addMembership, isStaffElsewhere, lockRoles } from '#domain/organisations/api.ts';
import { createProfile, findPersonaByAddress, openPersona, type Persona } from '#domain/people/api.ts';
import { takeFromBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result, refuse } from '#result';
import { addressSchema, type Role } from '#shared/people.ts';
import { lockMember, type MemberPlace } from './access.ts';

export type Grant = { organisationId: string; name: string; address: string; roles: readonly Role[]; samePerson: boolean };

/**
 * Gives an address roles in an organisation, and tells it by mail (000-A1). The mail holds no key: whoever comes in proves the address by a code
 * and chooses their own password, so that an administrator never holds what opens somebody else's conversations. Somebody who has an account
 * keeps it and its name. Twice is once.
 * Refuses `member.address-not-valid`, `member.no-role`, `person.name-…`, `member.suspended-everywhere`, and `member.left-before` when the
 * address has been deleted here, unless the administrator says it is the same person: conversations follow the address.
 */
export function grantMember(ctx: SignedInCtx, asked: Grant): Promise<Result<{ personaId: string }>> {
  return atomically(ctx, async (inside) => {
    const { organisationId } = asked;
    const door = accessAdministration(inside, organisationId);
    if (!door.ok) return door;
    const typed = addressSchema.safeParse(asked.address);
    if (!typed.success) return refuse('member.address-not-valid');
    if (asked.roles.length === 0) return refuse('member.no-role');
    const settled = await settle(inside, { ...asked, address: typed.data });
    if (!settled.ok) return settled;
    const { personaId, fresh } = settled.value;
    for (const role of asked.roles) await addMembership(inside, { organisationId, personaId, role });
    const subject = { address: typed.data };
    await recordAudit(inside, { organisationId, kind: 'person.granted', subject, details: { roles: [...asked.roles], newAccount: fresh } });
    if (await mayInvite(inside, personaId)) await sendInvitation(inside, { to: typed.data, organisationId });
    return ok({ personaId });
  });
}

async function settle(ctx: Ctx, asked: Grant): Promise<Result<{ personaId: string; fresh: boolean }>> {
  const known = await findPersonaByAddress(ctx, asked.address);
  if (known?.suspended) return refuse('member.suspended-everywhere');
  if (known?.closedAt) {
    const reopened = await reopen(ctx, known, asked);
    if (!reopened.ok) return reopened;
  }
  if (known?.profileId) return ok({ personaId: known.id, fresh: false });
  const made = await createProfile(ctx, { displayName: asked.name, addresses: [asked.address] });
  if (!made.ok) return made;
  const personaId = made.value.personas[0]?.id;
  if (personaId === undefined) throw new Error('A profile was made without its address');
  return ok({ personaId, fresh: true });
}

/** An address that was closed: by this organisation, or another whose business it is. */
async function reopen(ctx: Ctx, persona: Persona, asked: Grant): Promise<Result<undefined>> {
  const place = { organisationId: asked.organisationId, personaId: persona.id };
  const roles = await lockRoles(ctx, place);
  if (roles.length === 0 || (await isStaffElsewhere(ctx, place))) return refuse('member.suspended-everywhere');
  if (roles.every(({ status }) => status === 'ended') && !asked.samePerson) return refuse('member.left-before');
  await openPersona(ctx, persona.id);
  return ok();
}

/** Sends the invitation again. Refuses `member.invited-already`: once a minute and five a day at most, an address is nobody's to flood. */
export function inviteMember(ctx: SignedInCtx, place: MemberPlace): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, place);
    if (!door.ok) return door;
    const { address, roles } = door.value;
    if (!roles.some(({ status }) => status === 'active')) return refuse('person.not-found');
    if (!(await mayInvite(inside, place.personaId))) return refuse('member.invited-already');
    await sendInvitation(inside, { to: address, organisationId: place.organisationId });
    await recordAudit(inside, { ...place, kind: 'person.invited', subject: { address } });
    return ok();
  });
}

async function mayInvite(ctx: Ctx, personaId: string): Promise<boolean> {
  const now = ctx.now();
  const lately = await takeFromBudget(ctx.db, { key: `invitation:${personaId}`, limit: 1, windowSeconds: 60, now });
  if (!lately.allowed) return false;
  return (await takeFromBudget(ctx.db, { key: `invitations:${personaId}`, limit: 5, windowSeconds: 86_400, now })).allowed;
}
