import type { Ctx } from '#context';
import { tellHolderChanged } from '#domain/conversations/api.ts';
import { isStaffElsewhere, lockOtherAdministrators } from '#domain/organisations/api.ts';
import { closePersona } from '#domain/people/api.ts';
import { endAllSessions } from '#domain/sign-in/api.ts';
import { type Refusal, refuse } from '#result';
import type { LockedMember } from './access.ts';
import { deleteInvitations } from './queries.ts';

/** Why this address cannot stop being an administrator: nobody else would be one. In the caller's transaction. */
export async function refusalWithoutAdministrator(ctx: Ctx, member: LockedMember): Promise<Refusal | undefined> {
  const administers = member.roles.some(({ role, status }) => role === 'administrator' && status === 'active');
  if (!administers || (await lockOtherAdministrators(ctx, member))) return undefined;
  return refuse('member.last-administrator').refusal;
}

/**
 * Ends what an address could do, once its roles are no longer in force: its human's sessions and invitations at once, and the address itself if
 * this organisation opened its account and no other holds a role with it. Whoever reads its conversations sees them turn red.
 */
export async function closeAccess(ctx: Ctx, member: LockedMember): Promise<{ sessions: number; closed: boolean }> {
  const closed = member.vouched && !(await isStaffElsewhere(ctx, member));
  if (closed) await closePersona(ctx, { id: member.personaId, profileId: member.profileId });
  await tellHolderChanged(ctx, member);
  if (!member.profileId) return { sessions: 0, closed };
  await deleteInvitations(ctx, member.profileId);
  return { sessions: await endAllSessions(ctx, { profileId: member.profileId, reason: 'suspended' }), closed };
}
