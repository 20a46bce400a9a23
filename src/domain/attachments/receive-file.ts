import type { Readable } from 'node:stream';
import type { Ctx } from '#context';
import { openBytes } from '#platform/keys/seal.ts';
import { BlobTooLarge, StorageFull } from '#platform/storage/errors.ts';
import { ok, type Result, refuse } from '#result';
import { whileHolding } from './hold-upload.ts';
import { deleteUpload, listReadyUploads, updateUploadReady } from './queries.ts';
import { admitFile, labelOf } from './waiting-room.ts';

/** A file that waits to become part of a message. Size in bytes. */
export type ReceivedFile = { uploadId: string; name: string; size: number };

/** `announced`: what it weighs at most, when that is known to be less than `limit`. Bytes. */
type Incoming = { profileId: string; name: string; mediaType: string; source: Readable; limit: number; announced?: number };

/**
 * Seals a file that comes in one piece into the store for the person `profileId`, who has 24 h to post it.
 * Refuses `attachment.too-large` past `limit` bytes (nothing is kept), `attachment.name-too-long`, `text.unreadable`,
 * `attachment.too-much-waiting` (4 GiB and 200 files not posted), `storage.full` (the disk), `attachment.not-ready` when it took more than those 24 h.
 */
export async function receiveFile(ctx: Ctx, incoming: Incoming): Promise<Result<ReceivedFile>> {
  const { profileId, name, mediaType, source, limit } = incoming;
  const announced = Math.min(limit, incoming.announced ?? limit);
  const writer = ctx.newId();
  const admitted = await admitFile(ctx, { profileId, label: { name, mediaType }, announced, resumable: false, writer });
  if (!admitted.ok) return admitted;
  const { id, key } = admitted.value;
  try {
    const { size } = await whileHolding(ctx, { id, writer }, () => ctx.storage.write(id, key, source, announced));
    if (await updateUploadReady(ctx.db, id, size)) return ok({ uploadId: id, name: admitted.value.name, size });
    // The sweep threw it away before its last byte came: nobody would remove these bytes any more.
    await ctx.storage.remove(id);
    return refuse('attachment.not-ready');
  } catch (error) {
    // Its bytes may be whole when it is the database that failed: without its row nobody would remove them any more.
    await ctx.storage.remove(id);
    await deleteUpload(ctx.db, id);
    if (error instanceof BlobTooLarge) return refuse('attachment.too-large', { name: admitted.value.name });
    if (error instanceof StorageFull) return refuse('storage.full');
    throw error;
  }
}

/** The files a person has already sent and not yet posted, in the order asked for; others' and unknown ids are left out. */
export async function findUploads(ctx: Ctx, asked: { profileId: string; uploadIds: readonly string[] }): Promise<ReceivedFile[]> {
  if (asked.uploadIds.length === 0) return [];
  const rows = new Map((await listReadyUploads(ctx.db, asked.profileId, asked.uploadIds)).map((row) => [row.id, row]));
  const files = await Promise.all(
    asked.uploadIds.map(async (id) => {
      const row = rows.get(id);
      const key = row && (await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `blob:${id}`));
      return row && key ? [{ uploadId: id, name: labelOf(openBytes(key, row.label, `upload:${id}`)).name, size: row.size }] : [];
    }),
  );
  return files.flat();
}
