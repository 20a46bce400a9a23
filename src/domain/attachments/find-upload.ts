import { z } from 'zod';
import type { SignedInCtx } from '#context';
import { openBytes } from '#platform/keys/seal.ts';
import { findUploadRow } from './queries.ts';
import { type FileLabel, labelOf } from './waiting-room.ts';

/** How far a file has come. `offset` bytes of `size` are durable; `ready` when it waits for its message. */
export type Upload = FileLabel & { size: number; offset: number; ready: boolean };

/** The door of an upload: only whoever began it, while it is there. Undefined when unknown, somebody else's, posted or thrown away: one answer. */
export async function accessUpload(ctx: SignedInCtx, uploadId: string): Promise<(Upload & { key: Buffer }) | undefined> {
  if (!z.uuid().safeParse(uploadId).success) return undefined;
  const row = await findUploadRow(ctx.db, { id: uploadId, profileId: ctx.actor.profileId, now: ctx.now() });
  const key = row && (await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `blob:${uploadId}`));
  if (!row || !key) return undefined;
  return { ...labelOf(openBytes(key, row.label, `upload:${uploadId}`)), size: row.size, offset: row.received, ready: row.ready, key };
}

/** How far a file of the actor's has come, or undefined when there is none for them. */
export async function findUpload(ctx: SignedInCtx, uploadId: string): Promise<Upload | undefined> {
  const found = await accessUpload(ctx, uploadId);
  if (!found) return undefined;
  const { key: _, ...upload } = found;
  return upload;
}
