import type { Ctx } from '#context';
import { updateUploadsDiscarded } from './queries.ts';

/** Whoever sent these files is gone for good: the next sweep throws away what was not posted. In the caller's transaction. */
export function abandonUploads(ctx: Ctx, profileId: string): Promise<void> {
  return updateUploadsDiscarded(ctx.db, profileId, ctx.now());
}
