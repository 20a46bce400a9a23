import { atomically, type Ctx } from '#context';
import { sendAlert } from '#domain/notices/api.ts';
import { isStaff } from '#domain/organisations/api.ts';
import { hasPassword, makeSecret, storePassword } from '#domain/passwords/api.ts';
import { ownWordsOf, type SessionGrant, startSession } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';
import { invitationHash } from './invite-person.ts';
import { findInvitation, type Invitation, updateInvitationUsed } from './queries.ts';

/** The door of an invitation: whoever holds its link, until it has served or is too old. Looking consumes nothing (S-07). */
export async function accessInvitation(ctx: Ctx, token: string): Promise<Result<Invitation>> {
  const invitation = await findInvitation(ctx, invitationHash(token));
  if (!invitation || (await hasPassword(ctx, invitation.profileId))) return refuse('sign-in.start-again');
  return ok(invitation);
}

/**
 * The person chooses their password and is in: the invitation, handed over by whoever vouches for them, stands beside it as the second proof.
 * Their address is told. Refusals: `password.…`, `start-again` (too old, or used already).
 */
export async function acceptInvitation(ctx: Ctx, asked: { token: string; password: string; device: string | undefined }): Promise<Result<SessionGrant>> {
  const door = await accessInvitation(ctx, asked.token);
  if (!door.ok) return door;
  const { profileId, name, address } = door.value;
  const secret = await makeSecret(ctx, { password: asked.password, ownWords: await ownWordsOf(ctx, { profileId, name }) });
  if (!secret.ok) return secret;
  return atomically(ctx, async (inside) => {
    // Of two at the same moment one goes on.
    if (!(await updateInvitationUsed(inside, invitationHash(asked.token)))) return refuse('sign-in.start-again');
    await storePassword(inside, { profileId, secret: secret.value });
    await sendAlert(inside, { to: address, kind: 'password-changed', locale: ctx.locale });
    const staff = await isStaff(inside, { profileId });
    return ok(await startSession(inside, { profileId, method: 'password-and-code', staff, device: asked.device, ownDevice: false }));
  });
}
