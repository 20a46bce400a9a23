import type { SignedInCtx } from '#context';
import { BlobMissing, BlobTooLarge, StorageFull } from '#platform/storage/errors.ts';
import { ok, type Result, refuse } from '#result';
import { accessUpload } from './find-upload.ts';
import { whileHolding } from './hold-upload.ts';
import { type HeldUpload, holdUpload, releaseHold, updateUploadReceived, updateUploadWhole } from './queries.ts';

/** A part of a file: from `offset` on, in bytes of the file. */
type Part = { uploadId: string; offset: number; source: AsyncIterable<Buffer> };

/**
 * Adds a part to an upload of the actor's and gives the offset it has then: all before it is durable (fsync), and its sender goes on from there,
 * which may be before the end of the part, since only whole segments of 64 KiB are kept but for the end of the file. A part that breaks off is
 * an answer like another: what arrived whole is kept.
 * Refuses `upload.not-found` (unknown, somebody else's, posted, thrown away after 24 h), `upload.wrong-offset`, `upload.busy` (another part is
 * arriving, here or in another process), `upload.part-too-small`, `attachment.too-large` (more than was announced), `storage.full`.
 */
export async function appendToUpload(ctx: SignedInCtx, part: Part): Promise<Result<{ offset: number }>> {
  const { profileId } = ctx.actor;
  const upload = await accessUpload(ctx, part.uploadId);
  if (!upload) return refuse('upload.not-found');
  if (upload.ready) return upload.offset === part.offset ? ok({ offset: part.offset }) : refuse('upload.wrong-offset');
  const writer = ctx.newId();
  const held = await holdUpload(ctx.db, { id: part.uploadId, profileId, writer });
  if (!held) return refuse('upload.busy');
  try {
    if (held.received !== part.offset) return refuse('upload.wrong-offset');
    return await whileHolding(ctx, { id: held.id, writer }, () => append(ctx, { part, held, writer, key: upload.key }));
  } finally {
    await releaseHold(ctx.db, { id: held.id, writer });
  }
}

type Appending = { part: Part; held: HeldUpload; writer: string; key: Buffer };

async function append(ctx: SignedInCtx, { part, held, writer, key }: Appending): Promise<Result<{ offset: number }>> {
  const { id, announced, apart } = held;
  const durable = (received: number, ended: boolean) =>
    received === announced ? updateUploadWhole(ctx.db, { id, writer }) : updateUploadReceived(ctx.db, { id, writer, received, ended });
  try {
    const grown = await ctx.storage.append(id, key, { from: part.offset, size: announced, source: part.source, apart, durable });
    // Thrown away or given up meanwhile, or another writer has been let in.
    if (grown.fenced) return (await accessUpload(ctx, id)) ? refuse('upload.busy') : await gone(ctx, id);
    // Its sender would send the same again, for ever.
    if (grown.offset === part.offset && announced > part.offset && grown.cut === undefined) return refuse('upload.part-too-small');
    return ok({ offset: grown.offset });
  } catch (error) {
    if (error instanceof BlobTooLarge) return refuse('attachment.too-large', { name: '' });
    if (error instanceof StorageFull) return refuse('storage.full');
    if (error instanceof BlobMissing) return refuse('upload.not-found');
    throw error;
  }
}

/** Given up while a copy of its bytes was put in their place: nobody would remove these any more. */
async function gone(ctx: SignedInCtx, id: string): Promise<Result<{ offset: number }>> {
  await ctx.storage.remove(id);
  return refuse('upload.not-found');
}
