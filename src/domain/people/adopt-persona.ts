import { atomically, type Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import { findOrInvitePersona } from './invite-persona.ts';
import { updatePersonaOwner } from './queries.ts';

/**
 * Makes an address one of the profile's (000-Y1). The caller has seen a code sent to it come back, or vouches for it (administration).
 * Refused with `person.address-taken` when it is somebody else's: an address never changes hands by itself.
 */
export function adoptPersona(ctx: Ctx, asked: { profileId: string; address: string }): Promise<Result<{ id: string; address: string }>> {
  return atomically(ctx, async (inside) => {
    const persona = await findOrInvitePersona(inside, asked.address);
    const adopted = await updatePersonaOwner(inside, asked.address, asked.profileId);
    return adopted ? ok(persona) : refuse('person.address-taken');
  });
}
