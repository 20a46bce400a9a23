import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { SignedInCtx } from '#context';
import { openBytes } from '#platform/keys/seal.ts';
import { findUploadRow } from './queries.ts';
import { type FileLabel, labelOf } from './waiting-room.ts';

/** How far a file has come. `offset` bytes of `size` are durable; `ready` when it waits for its message. */
export type Upload = FileLabel & { size: number; offset: number; ready: boolean };

/** Whoever asks how far it is has lost the line a moment ago: what had arrived by then is being written, and is worth waiting for. Milliseconds. */
const patience = { inAll: 3_000, step: 100 };

/** The door of an upload: only whoever began it, while it is there. Undefined when unknown, somebody else's, posted or thrown away: one answer. */
export async function accessUpload(ctx: SignedInCtx, uploadId: string): Promise<(Upload & { key: Buffer; held: boolean }) | undefined> {
  if (!z.uuid().safeParse(uploadId).success) return undefined;
  const row = await findUploadRow(ctx.db, { id: uploadId, profileId: ctx.actor.profileId, now: ctx.now() });
  const key = row && (await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `blob:${uploadId}`));
  if (!row || !key) return undefined;
  return { ...labelOf(openBytes(key, row.label, `upload:${uploadId}`)), size: row.size, offset: row.received, ready: row.ready, key, held: row.held };
}

/** How far a file of the actor's has come, or undefined when there is none for them. `settled`: waits, not for long, for a part that is ending. */
export async function findUpload(ctx: SignedInCtx, uploadId: string, { settled = false } = {}): Promise<Upload | undefined> {
  let found = await accessUpload(ctx, uploadId);
  for (let waited = 0; settled && found?.held && waited < patience.inAll; waited += patience.step) {
    await pause(patience.step);
    found = await accessUpload(ctx, uploadId);
  }
  if (!found) return undefined;
  const { key: _, held: __, ...upload } = found;
  return upload;
}
