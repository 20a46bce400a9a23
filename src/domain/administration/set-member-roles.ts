import { atomically, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { tellHolderChanged } from '#domain/conversations/api.ts';
import { addMembership, setMembershipStatus } from '#domain/organisations/api.ts';
import { ok, type Result, refuse } from '#result';
import { roles as allRoles, type Role } from '#shared/people.ts';
import { lockMember, type MemberPlace } from './access.ts';
import { refusalWithoutAdministrator } from './close-access.ts';

/**
 * Makes the roles of an address in force those named, at least one; of somebody suspended they wait for the day they are back.
 * Refuses `member.no-role`, `member.last-administrator`, `person.not-found`.
 */
export function setMemberRoles(ctx: SignedInCtx, asked: MemberPlace & { roles: readonly Role[] }): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, asked);
    if (!door.ok) return door;
    const member = door.value;
    const held = member.roles.filter(({ status }) => status !== 'ended');
    const change = { before: held.map(({ role }) => role), after: allRoles.filter((role) => asked.roles.includes(role)) };
    if (change.before.length === 0) return refuse('person.not-found');
    if (change.after.length === 0) return refuse('member.no-role');
    if (allRoles.every((role) => change.before.includes(role) === change.after.includes(role))) return ok();
    const refusal = change.after.includes('administrator') ? undefined : await refusalWithoutAdministrator(inside, member);
    if (refusal) return { ok: false, refusal };
    await writeRoles(inside, member, { ...change, status: held.some((role) => role.status === 'active') ? 'active' : 'suspended' });
    await tellHolderChanged(inside, asked);
    await recordAudit(inside, { ...asked, kind: 'person.roles-changed', subject: { address: member.address }, details: change });
    return ok();
  });
}

type Change = { before: Role[]; after: Role[]; status: 'active' | 'suspended' };

async function writeRoles(ctx: SignedInCtx, { organisationId, personaId }: MemberPlace, { before, after, status }: Change): Promise<void> {
  for (const role of after.filter((one) => !before.includes(one))) {
    await addMembership(ctx, { organisationId, personaId, role });
    await setMembershipStatus(ctx, { organisationId, personaId, role, status });
  }
  for (const role of before.filter((one) => !after.includes(one))) {
    await setMembershipStatus(ctx, { organisationId, personaId, role, status: 'ended' });
  }
}
