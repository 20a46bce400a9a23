import type { SignedInCtx } from '#context';
import { StorageFull } from '#platform/storage/errors.ts';
import { ok, type Result, refuse } from '#result';
import { conversationLimits } from '#shared/conversations.ts';
import { appendToUpload } from './append-to-upload.ts';
import { deleteUpload } from './queries.ts';
import { admitFile, type FileLabel } from './waiting-room.ts';

/**
 * Makes room for a file of `size` bytes of the actor's that will arrive in parts (`appendToUpload`), within 24 h. An empty file is ready at once.
 * Refuses `attachment.too-large` (S-11), `attachment.name-too-long`, `text.unreadable`,
 * `attachment.too-much-waiting` (this person's room), `storage.full` (the disk's).
 */
export async function beginUpload(ctx: SignedInCtx, file: FileLabel & { size: number }): Promise<Result<{ uploadId: string }>> {
  const { name, mediaType, size } = file;
  if (size > conversationLimits.filesBytes) return refuse('attachment.too-large', { name });
  const admitted = await admitFile(ctx, { profileId: ctx.actor.profileId, label: { name, mediaType }, announced: size, resumable: true });
  if (!admitted.ok) return admitted;
  const { id } = admitted.value;
  try {
    await ctx.storage.begin(id);
  } catch (error) {
    await deleteUpload(ctx.db, id);
    if (error instanceof StorageFull) return refuse('storage.full');
    throw error;
  }
  if (size > 0) return ok({ uploadId: id });
  const appended = await appendToUpload(ctx, { uploadId: id, offset: 0, source: nothing() });
  return appended.ok ? ok({ uploadId: id }) : appended;
}

async function* nothing(): AsyncGenerator<Buffer> {
  // An empty file has no part to send.
}
