import { z } from 'zod';
import { atomically, type SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import { deleteBlobToRemove, deleteUploadOf, insertBlobsToRemove } from './queries.ts';

/**
 * Gives up a file of the actor's that is arriving, or has arrived and is not posted: its room is free at once.
 * Refuses `upload.not-found` (unknown, somebody else's, posted, thrown away).
 */
export async function abandonUpload(ctx: SignedInCtx, uploadId: string): Promise<Result<undefined>> {
  if (!z.uuid().safeParse(uploadId).success) return refuse('upload.not-found');
  const found = await atomically(ctx, async (inside) => {
    const deleted = await deleteUploadOf(inside.db, { id: uploadId, profileId: ctx.actor.profileId });
    if (deleted) await insertBlobsToRemove(inside.db, [uploadId], ctx.now());
    return deleted;
  });
  if (!found) return refuse('upload.not-found');
  // Now rather than at the next sweep, which finds what is left if this is not reached.
  await ctx.storage.remove(uploadId);
  await deleteBlobToRemove(ctx.db, uploadId);
  return ok();
}
