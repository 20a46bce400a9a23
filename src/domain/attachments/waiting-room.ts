import { atomically, type Ctx } from '#context';
import { sealBytes } from '#platform/keys/seal.ts';
import { ok, type Result, refuse } from '#result';
import { conversationLimits } from '#shared/conversations.ts';
import { dayMilliseconds, utcDay } from '#shared/expiry.ts';
import { deleteUpload, insertUpload, lockWaiting, weighUploads } from './queries.ts';

/** Name and media type travel together and are sealed together. */
export type FileLabel = { name: string; mediaType: string };

/** What is about to arrive. `announced` is what it weighs at most, in bytes. */
type Arriving = { profileId: string; label: FileLabel; announced: number; resumable: boolean; writer?: string };
/** Its row is there, and its key is known to nobody else. */
export type Admitted = { id: string; key: Buffer };

/**
 * Gives a file that is about to arrive an id, a key and its place among what `profileId` has waiting: 4 GiB in 200 files, counted by what
 * they announce. The row comes before the first byte: a process that dies meanwhile leaves nothing that the sweep does not find.
 * Refuses `attachment.name-too-long`, `text.unreadable`, `attachment.too-much-waiting`.
 */
export async function admitFile(ctx: Ctx, arriving: Arriving): Promise<Result<Admitted & { name: string }>> {
  const name = fileName(arriving.label.name);
  if (name.length > conversationLimits.fileName) return refuse('attachment.name-too-long', { limit: conversationLimits.fileName });
  if (!name.isWellFormed() || /\p{Cc}/u.test(name)) return refuse('text.unreadable');
  const { profileId, announced, resumable, writer } = arriving;
  const id = unguessableId(ctx);
  const key = ctx.randomBytes(32);
  const discardAt = new Date(ctx.now().getTime() + dayMilliseconds);
  const keyDay = utcDay(discardAt);
  const label = sealBytes(key, Buffer.from(JSON.stringify({ name, mediaType: arriving.label.mediaType } satisfies FileLabel)), `upload:${id}`);
  const wrappedKey = await ctx.keys.wrap(keyDay, key, `blob:${id}`);
  const createdAt = ctx.now();
  await insertUpload(ctx.db, { id, profileId, label, wrappedKey, keyDay, createdAt, discardAt, announced, resumable, writer: writer ?? null });
  if ((await hasRoom(ctx, profileId)) || (await staysAfterOthers(ctx, { id, profileId }))) return ok({ id, key, name });
  return refuse('attachment.too-much-waiting', { files: conversationLimits.waitingFiles });
}

/** Weighed with its own row and everybody else's that is there: of two at the same moment at least one sees the other. */
async function hasRoom(ctx: Ctx, profileId: string): Promise<boolean> {
  const waiting = await weighUploads(ctx.db, profileId);
  return waiting.files <= conversationLimits.waitingFiles && waiting.bytes <= conversationLimits.waitingBytes;
}

/** Both may have seen the other where there was room for one: those who found none go one after the other, and make room as they leave. */
function staysAfterOthers(ctx: Ctx, { id, profileId }: { id: string; profileId: string }): Promise<boolean> {
  return atomically(ctx, async (inside) => {
    await lockWaiting(inside.db, profileId);
    if (await hasRoom(inside, profileId)) return true;
    await deleteUpload(inside.db, id);
    return false;
  });
}

/** Reads what `admitFile` kept of a file's name and type. */
export function labelOf(opened: Buffer): FileLabel {
  return JSON.parse(opened.toString()) as FileLabel; // written by admitFile alone
}

/** 122 random bits (RFC 9562 §5.4): an address under `/uploads` cannot be drawn from another. */
function unguessableId(ctx: Ctx): string {
  const bytes = ctx.randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
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
