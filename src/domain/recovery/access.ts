import type { Ctx } from '#context';
import { hasPassword } from '#domain/passwords/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { accessProvenFlow, type Flow } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';

export type Reset = { flow: Flow; profileId: string; name: string };

/**
 * The door to a new password: a code asked for that purpose has come back in this browser, from an address of the profile.
 * A code asked for signing in serves only somebody who has no password yet (a new colleague).
 */
export async function accessReset(ctx: Ctx, flowToken: string | undefined): Promise<Result<Reset>> {
  const door = await accessProvenFlow(ctx, flowToken);
  if (!door.ok) return door;
  const flow = door.value;
  const persona = await findPersonaByAddress(ctx, flow.address);
  if (!persona?.profileId || !persona.confirmedAt || persona.closedAt) return refuse('sign-in.start-again');
  if (flow.purpose !== 'reset' && (await hasPassword(ctx, persona.profileId))) return refuse('sign-in.start-again');
  return ok({ flow, profileId: persona.profileId, name: persona.displayName ?? '' });
}
