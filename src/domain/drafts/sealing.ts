import type { Ctx } from '#context';
import { openBytes, sealBytes } from '#platform/keys/seal.ts';
import type { Content, DraftPlace } from './draft.ts';
import { contextOf } from './draft.ts';
import type { DraftRow } from './queries.ts';

export type OpenedDraft = { content: Content; key: Buffer };

/** The draft in clear with its data key; undefined once its day's key is destroyed. */
export async function openDraft(ctx: Ctx, row: DraftRow, of: { profileId: string; place: DraftPlace }): Promise<OpenedDraft | undefined> {
  const context = contextOf(of.profileId, of.place);
  const key = await ctx.keys.unwrap(row.keyDay, row.wrappedKey, context);
  if (!key) return undefined;
  return { key, content: JSON.parse(openBytes(key, row.content, context).toString()) as Content }; // written by sealDraft alone
}

export function sealDraft(key: Buffer, content: Content, of: { profileId: string; place: DraftPlace }): Buffer {
  return sealBytes(key, Buffer.from(JSON.stringify(content)), contextOf(of.profileId, of.place));
}
