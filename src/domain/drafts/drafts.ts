import type { Ctx, SignedInCtx } from '#context';
import { findUploads, type ReceivedFile } from '#domain/attachments/api.ts';
import { openBytes, sealBytes } from '#platform/keys/seal.ts';
import { dayMilliseconds, utcDay } from '#shared/expiry.ts';
import { deleteDraft, deleteDraftsBeyond, deleteDraftsDue, findDraftRow, upsertDraft } from './queries.ts';

/** The fields of a form as typed, and the files already received for it. */
export type Draft = { fields: Record<string, string>; uploadIds: string[] };

/** A draft as its author finds it again; files thrown away since are left out. */
export type FoundDraft = { fields: Record<string, string>; files: ReceivedFile[] };

/** A session that ended must not be able to fill the disk: past these, the oldest is forgotten. */
const draftsAtMost = 20;

/** Keeps what `profileId` was writing on `path` for 24 h, in place of what was kept there before. */
export async function keepDraft(ctx: Ctx, kept: { profileId: string; path: string; draft: Draft }): Promise<void> {
  const { profileId, path } = kept;
  const key = ctx.randomBytes(32);
  const discardAt = new Date(ctx.now().getTime() + dayMilliseconds);
  const keyDay = utcDay(discardAt);
  const context = contextOf(profileId, path);
  const wrappedKey = await ctx.keys.wrap(keyDay, key, context);
  const content = sealBytes(key, Buffer.from(JSON.stringify(kept.draft)), context);
  await upsertDraft(ctx.db, { profileId, path, content, wrappedKey, keyDay, createdAt: ctx.now(), discardAt });
  await deleteDraftsBeyond(ctx.db, profileId, draftsAtMost);
}

/** What the actor was writing on `path`, if anything is kept. Reading it does not take it away (S-07). */
export async function findDraft(ctx: SignedInCtx, path: string): Promise<FoundDraft | undefined> {
  const { profileId } = ctx.actor;
  const row = await findDraftRow(ctx.db, profileId, path);
  const context = contextOf(profileId, path);
  const key = row && (await ctx.keys.unwrap(row.keyDay, row.wrappedKey, context));
  if (!row || !key) return undefined;
  const draft = JSON.parse(openBytes(key, row.content, context).toString()) as Draft; // written by keepDraft alone
  return { fields: draft.fields, files: await findUploads(ctx, { profileId, uploadIds: draft.uploadIds }) };
}

/** Throws away what was kept on `path`: its form has been sent. */
export async function discardDraft(ctx: SignedInCtx, path: string): Promise<void> {
  await deleteDraft(ctx.db, ctx.actor.profileId, path);
}

/** Due work: forgets what nobody came back for. */
export async function discardDrafts(ctx: Ctx): Promise<void> {
  await deleteDraftsDue(ctx.db, ctx.now());
}

function contextOf(profileId: string, path: string): string {
  return `draft:${profileId}:${path}`;
}
