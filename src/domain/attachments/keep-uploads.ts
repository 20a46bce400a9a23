import type { Ctx } from '#context';
import { extendUploads, lockUploadsDueBefore, shortenUploads } from './keep-queries.ts';

type Keeping = { profileId: string; uploadIds: readonly string[]; discardAt: Date; keyDay: string };

/**
 * Received files of a draft live as long as it does: their keys are wrapped again for its last day, within the caller's transaction, which
 * has that day's key in memory. Files that live longer already, of somebody else, or posted meanwhile, are left as they are.
 */
export async function keepUploads(ctx: Ctx, { profileId, uploadIds, discardAt, keyDay }: Keeping): Promise<void> {
  if (uploadIds.length === 0) return;
  const again: { id: string; wrappedKey: Buffer }[] = [];
  for (const row of await lockUploadsDueBefore(ctx.db, { profileId, uploadIds, discardAt })) {
    const key = await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `blob:${row.id}`);
    if (key) again.push({ id: row.id, wrappedKey: await ctx.keys.wrap(keyDay, key, `blob:${row.id}`) });
  }
  if (again.length > 0) await extendUploads(ctx.db, again, { discardAt, keyDay });
}

/** Files that no draft holds any more are thrown away at `at`, unless their time comes before. */
export async function releaseUploads(ctx: Ctx, of: { profileId: string; uploadIds: readonly string[]; at: Date }): Promise<void> {
  if (of.uploadIds.length > 0) await shortenUploads(ctx.db, of);
}
