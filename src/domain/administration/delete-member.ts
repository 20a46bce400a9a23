import { atomically, type Ctx, type SignedInCtx } from '#context';
import { abandonUploads } from '#domain/attachments/api.ts';
import { recordAudit } from '#domain/audit/api.ts';
import { abandonDrafts } from '#domain/drafts/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { leaveProfile } from '#domain/people/api.ts';
import { deleteCodeMethod, deleteCredentials } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';
import { type LockedMember, lockMember, type MemberPlace } from './access.ts';
import { closeAccess, refusalWithoutAdministrator } from './close-access.ts';

/**
 * Deletes an account (000-A1) and none of the evidence (000-A4): roles end, sessions end, and where the organisation opened the account, nobody
 * signs in with the address any more; what was written under it stays under its address as text. Its conversations are red at once.
 * Refuses `member.last-administrator`, `person.not-found` (deleted already).
 */
export function deleteMember(ctx: SignedInCtx, place: MemberPlace): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, place);
    if (!door.ok) return door;
    const member = door.value;
    const held = member.roles.filter(({ status }) => status !== 'ended');
    if (held.length === 0) return refuse('person.not-found');
    const refusal = await refusalWithoutAdministrator(inside, member);
    if (refusal) return { ok: false, refusal };
    for (const { role } of held) await setMembershipStatus(inside, { ...place, role, status: 'ended' });
    const { sessions, closed } = await closeAccess(inside, member);
    if (closed && member.profileId) await forget(inside, { ...member, profileId: member.profileId });
    const details = { roles: held.map(({ role }) => role), sessions, addressClosed: closed };
    await recordAudit(inside, { ...place, kind: 'person.deleted', subject: { address: member.address }, details });
    return ok();
  });
}

/** What only its human needed. Whoever has other addresses keeps their profile without this one. */
async function forget(ctx: Ctx, { personaId, profileId }: LockedMember & { profileId: string }): Promise<void> {
  await deleteCodeMethod(ctx, personaId);
  const { erased } = await leaveProfile(ctx, { id: personaId, profileId });
  if (!erased) return;
  await deleteCredentials(ctx, profileId);
  await abandonDrafts(ctx, profileId);
  await abandonUploads(ctx, profileId);
}
