import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Profile } from './people.ts';
import { updateProfileStatus } from './queries.ts';

/** Suspends or restores a human, for administration. Every session reads the status, so a suspension is felt at the next request; it ends them for good. */
export async function setProfileStatus(ctx: Ctx, asked: { profileId: string; status: Profile['status'] }): Promise<Result<undefined>> {
  const found = await updateProfileStatus(ctx, asked.profileId, asked.status);
  return found ? ok() : refuse('person.not-found');
}
