import type { Readable } from 'node:stream';
import type { Ctx } from '#context';
import { openBytes, sealBytes } from '#platform/keys/seal.ts';
import { BlobTooLarge, StorageFull } from '#platform/storage/errors.ts';
import { ok, type Result, refuse } from '#result';
import { conversationLimits } from '#shared/conversations.ts';
import { dayMilliseconds, utcDay } from '#shared/expiry.ts';
import { deleteUpload, insertUpload, listReadyUploads, updateUploadReady, weighUploads } from './queries.ts';

/** A file that waits to become part of a message. Size in bytes. */
export type ReceivedFile = { uploadId: string; name: string; size: number };

/** Name and media type travel together and are sealed together. */
export type FileLabel = { name: string; mediaType: string };

type Incoming = { profileId: string; name: string; mediaType: string; source: Readable; limit: number };

/**
 * Seals a file into the store for the person `profileId`, who has 24 h to post it.
 * Refuses `attachment.too-large` past `limit` bytes (nothing is kept), `attachment.name-too-long`, `text.unreadable`, `storage.full`
 * (the disk's room, or this person's: 4 GiB and 200 files not posted), `attachment.not-ready` when it took more than those 24 h.
 */
export async function receiveFile(ctx: Ctx, incoming: Incoming): Promise<Result<ReceivedFile>> {
  const name = fileName(incoming.name);
  if (name.length > conversationLimits.fileName) return refuse('attachment.name-too-long', { limit: conversationLimits.fileName });
  if (!name.isWellFormed() || /\p{Cc}/u.test(name)) return refuse('text.unreadable');

  const { profileId } = incoming;
  if (!(await hasRoom(ctx, profileId, { files: 1, bytes: 0 }))) return refuse('storage.full');
  const id = ctx.newId();
  const key = ctx.randomBytes(32);
  const discardAt = new Date(ctx.now().getTime() + dayMilliseconds);
  const keyDay = utcDay(discardAt);
  const label = sealBytes(key, Buffer.from(JSON.stringify({ name, mediaType: incoming.mediaType } satisfies FileLabel)), `upload:${id}`);
  const wrappedKey = await ctx.keys.wrap(keyDay, key, `blob:${id}`);
  // The row comes before the first byte: a process that dies meanwhile leaves nothing that the sweep does not find.
  await insertUpload(ctx.db, { id, profileId, label, wrappedKey, keyDay, createdAt: ctx.now(), discardAt });
  try {
    const { size } = await ctx.storage.write(id, key, incoming.source, incoming.limit);
    if (!(await hasRoom(ctx, profileId, { files: 0, bytes: size }))) {
      await ctx.storage.remove(id);
      throw new StorageFull('This person has too much waiting already.');
    }
    if (await updateUploadReady(ctx.db, id, size)) return ok({ uploadId: id, name, size });
    // The sweep threw it away before its last byte came: nobody would remove these bytes any more.
    await ctx.storage.remove(id);
    return refuse('attachment.not-ready');
  } catch (error) {
    await deleteUpload(ctx.db, id);
    if (error instanceof BlobTooLarge) return refuse('attachment.too-large', { name });
    if (error instanceof StorageFull) return refuse('storage.full');
    throw error;
  }
}

/** What waits to be posted is bounded by person, or one of them, or a session that ended, could fill the disk for all. */
async function hasRoom(ctx: Ctx, profileId: string, more: { files: number; bytes: number }): Promise<boolean> {
  const waiting = await weighUploads(ctx.db, profileId);
  return waiting.files + more.files <= conversationLimits.waitingFiles && waiting.bytes + more.bytes <= conversationLimits.waitingBytes;
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

/** Reads what `sealBytes` kept of a file's name and type. */
export function labelOf(opened: Buffer): FileLabel {
  return JSON.parse(opened.toString()) as FileLabel; // written by receiveFile alone
}

/**
 * Browsers send a bare name; some send a path. Only its last part is kept, without the invisible marks that turn a reading around:
 * with them `facture‹U+202E›fdp.exe` reads «factureexe.pdf».
 */
function fileName(sent: string): string {
  return (
    sent
      .split(/[/\\]/u)
      .at(-1)
      ?.replaceAll(/\p{Bidi_Control}/gu, '')
      .trim() || 'document'
  );
}
