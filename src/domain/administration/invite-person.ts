import { createHash } from 'node:crypto';
import { atomically, type Ctx } from '#context';
import { hasPassword } from '#domain/passwords/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { deleteInvitations, insertInvitation } from './queries.ts';

/** How long an invitation waits. */
export const invitationHours = 72;

/**
 * A way in for somebody who has no password yet, in the place of any earlier one: the token is said once and stored hashed.
 * Refusals: `person.not-found`, `person.has-password` («Mot de passe oublié?» is their way).
 */
export function invitePerson(ctx: Ctx, address: string): Promise<Result<{ token: string }>> {
  return atomically(ctx, async (inside) => {
    const persona = await findPersonaByAddress(inside, address);
    if (!persona?.profileId) return refuse('person.not-found');
    const { profileId } = persona;
    if (await hasPassword(inside, profileId)) return refuse('person.has-password');
    const token = inside.randomBytes(32).toString('base64url');
    await deleteInvitations(inside, profileId);
    await insertInvitation(inside, {
      tokenHash: invitationHash(token),
      profileId,
      personaId: persona.id,
      expiresAt: new Date(inside.now().getTime() + invitationHours * 3_600_000),
    });
    return ok({ token });
  });
}

/** 256 random bits cannot be guessed: a plain hash suffices. */
export function invitationHash(token: string): string {
  return createHash('sha256').update(`invitation:${token}`).digest('base64url');
}
