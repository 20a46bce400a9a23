import { atomically, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { tellHolderChanged } from '#domain/conversations/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { openPersona } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { lockMember, type MemberPlace } from './access.ts';
import { closeAccess, refusalWithoutAdministrator } from './close-access.ts';

/**
 * Suspends what an address is in an organisation (000-A1): its conversations are red and its sessions over at once. Roles are kept for the day
 * it is opened again; what its human was writing is kept too. Twice is once. Refuses `member.last-administrator`, `person.not-found`.
 */
export function suspendMember(ctx: SignedInCtx, place: MemberPlace): Promise<Result<{ sessions: number }>> {
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, place);
    if (!door.ok) return door;
    const member = door.value;
    const inForce = member.roles.filter(({ status }) => status === 'active');
    if (inForce.length === 0) return member.roles.some(({ status }) => status === 'suspended') ? ok({ sessions: 0 }) : refuse('person.not-found');
    const refusal = await refusalWithoutAdministrator(inside, member);
    if (refusal) return { ok: false, refusal };
    for (const { role } of inForce) await setMembershipStatus(inside, { ...place, role, status: 'suspended' });
    const { sessions } = await closeAccess(inside, member);
    const roles = inForce.map(({ role }) => role);
    await recordAudit(inside, { ...place, kind: 'person.suspended', subject: { address: member.address }, details: { roles, sessions } });
    return ok({ sessions });
  });
}

/** Opens again what was suspended, with the same roles: its conversations are black again (000-32). Twice is once. */
export function reactivateMember(ctx: SignedInCtx, place: MemberPlace): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, place);
    if (!door.ok) return door;
    const member = door.value;
    if (member.suspendedEverywhere) return refuse('member.suspended-everywhere');
    const suspended = member.roles.filter(({ status }) => status === 'suspended');
    if (suspended.length === 0) return member.roles.some(({ status }) => status === 'active') ? ok() : refuse('person.not-found');
    for (const { role } of suspended) await setMembershipStatus(inside, { ...place, role, status: 'active' });
    await openPersona(inside, place.personaId);
    await tellHolderChanged(inside, place);
    const roles = suspended.map(({ role }) => role);
    await recordAudit(inside, { ...place, kind: 'person.reactivated', subject: { address: member.address }, details: { roles } });
    return ok();
  });
}
