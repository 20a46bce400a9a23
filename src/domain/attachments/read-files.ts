import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Ctx } from '#context';
import type { Day } from '#platform/keys/keyring.ts';
import { openBytes } from '#platform/keys/seal.ts';
import { type AttachmentRow, findAttachment, listAttachments } from './queries.ts';
import { labelOf } from './waiting-room.ts';

/** A file of a message somebody has opened. Size in bytes. */
export type AttachedFile = { id: string; messageId: string; name: string; mediaType: string; size: number };

/** The files of opened messages, by message, in the order they were joined. The caller has passed the message's door: it holds the key. */
export async function listFiles(ctx: Ctx, organisationId: string, keys: ReadonlyMap<string, Buffer>): Promise<Map<string, AttachedFile[]>> {
  const files = new Map<string, AttachedFile[]>();
  if (keys.size === 0) return files;
  for (const row of await listAttachments(ctx.db, organisationId, [...keys.keys()])) {
    const key = keys.get(row.messageId);
    if (!key) continue;
    files.set(row.messageId, [...(files.get(row.messageId) ?? []), attached(row, key)]);
  }
  return files;
}

/** Which message a file belongs to, so that the message's door can be tried. */
export async function findFile(ctx: Ctx, id: string): Promise<{ messageId: string; conversationId: string } | undefined> {
  const row = z.uuid().safeParse(id).success ? await findAttachment(ctx.db, id) : undefined;
  return row && { messageId: row.messageId, conversationId: row.conversationId };
}

type Opened = { id: string; messageKey: Buffer; keyDay: Day };

/** A file's facts and a reader of its bytes (`start` and `end` included), once its message's door is open. Undefined when it is gone. */
export async function readFile(
  ctx: Ctx,
  opened: Opened,
): Promise<{ file: AttachedFile; read: (range?: { start: number; end: number }) => Promise<Readable> } | undefined> {
  const row = await findAttachment(ctx.db, opened.id);
  const key = row && (await ctx.keys.unwrap(opened.keyDay, row.wrappedKey, `blob:${row.blobId}`));
  if (!row || !key) return undefined;
  return { file: attached(row, opened.messageKey), read: (range) => ctx.storage.read(row.blobId, key, range) };
}

function attached(row: AttachmentRow, messageKey: Buffer): AttachedFile {
  const label = labelOf(openBytes(messageKey, row.label, `attachment:${row.id}`));
  return { id: row.id, messageId: row.messageId, size: row.size, ...label };
}
