import type { Ctx } from '#context';
import type { Day } from '#platform/keys/keyring.ts';
import { listAttachments, updateAttachmentKeys } from './queries.ts';

type Moves = { organisationId: string; days: ReadonlyMap<string, { from: Day; to: Day }> };

/**
 * Wraps the keys of the files of some messages (`days`, by message) again, for the day on which these expire from now on. In the
 * transaction that moves the messages, which hold the only other place where that day is written.
 */
export async function rewrapFiles(ctx: Ctx, { organisationId, days }: Moves): Promise<void> {
  if (days.size === 0) return;
  const files: { id: string; wrappedKey: Buffer }[] = [];
  for (const row of await listAttachments(ctx.db, organisationId, [...days.keys()])) {
    const move = days.get(row.messageId);
    const context = `blob:${row.blobId}`;
    const key = move && (await ctx.keys.unwrap(move.from, row.wrappedKey, context));
    if (!move || !key) throw new Error('The key of a file was destroyed while its message could still be read');
    files.push({ id: row.id, wrappedKey: await ctx.keys.wrap(move.to, key, context) });
  }
  await updateAttachmentKeys(ctx.db, organisationId, files);
}
