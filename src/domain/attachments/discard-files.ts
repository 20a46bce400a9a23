import { atomically, type Ctx } from '#context';
import { mayDestroyNow } from '#platform/clock/trusted-clock.ts';
import { deleteAttachmentSecrets, deleteBlobToRemove, deleteUploadsDue, insertBlobsToRemove, listBlobsToRemove } from './queries.ts';

const batch = 200;

/** Forgets names and keys of the messages' files within the transaction of their expiry; the bytes follow by `removeBlobs`. */
export async function destroyFiles(ctx: Ctx, of: { organisationId: string; messageIds: readonly string[] }): Promise<void> {
  if (of.messageIds.length > 0) await deleteAttachmentSecrets(ctx.db, of, ctx.now());
}

/** Due work: throws away what was received and never posted, by a clock that can be trusted. Running twice finds nothing the second time. */
export async function discardUploads(ctx: Ctx): Promise<void> {
  if (!(await mayDestroyNow(ctx))) return;
  let found = batch;
  while (found === batch) {
    found = await atomically(ctx, async (inside) => {
      const ids = await deleteUploadsDue(inside.db, ctx.now(), batch);
      await insertBlobsToRemove(inside.db, ids, ctx.now());
      return ids.length;
    });
  }
}

/** Due work: removes the bytes of what is gone, and what a process that died had begun. Removing twice is harmless, so the row goes after the bytes. */
export async function removeBlobs(ctx: Ctx): Promise<void> {
  await ctx.storage.discardUnfinished();
  for (let ids = await nextBlobs(ctx); ids.length > 0; ids = await nextBlobs(ctx)) {
    for (const id of ids) {
      await ctx.storage.remove(id);
      await deleteBlobToRemove(ctx.db, id);
    }
  }
}

function nextBlobs(ctx: Ctx): Promise<string[]> {
  return listBlobsToRemove(ctx.db, ctx.now(), batch);
}
