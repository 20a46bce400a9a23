import type { Ctx } from '#context';
import { updateDraftsDiscarded } from './queries.ts';

/** Whoever was writing is gone for good: the next sweep throws it all away. In the caller's transaction. */
export function abandonDrafts(ctx: Ctx, profileId: string): Promise<void> {
  return updateDraftsDiscarded(ctx.db, profileId, ctx.now());
}
