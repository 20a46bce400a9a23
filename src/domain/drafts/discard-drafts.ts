import { atomically, type Ctx, type SignedInCtx } from '#context';
import { releaseUploads } from '#domain/attachments/api.ts';
import { mayDestroyNow } from '#platform/clock/trusted-clock.ts';
import type { DraftPlace } from './draft.ts';
import { deleteDraft, deleteDraftsDue, deleteDraftsOf } from './queries.ts';

/**
 * Throws away what the actor was writing there, and lets its files go: posted, or given up. Within the caller's transaction when there is
 * one: a message that is not posted leaves its draft.
 */
export async function discardDraft(ctx: SignedInCtx, place: DraftPlace): Promise<void> {
  const { profileId } = ctx.actor;
  await atomically(ctx, async (inside) => {
    const uploadIds = await deleteDraft(inside.db, profileId, place);
    if (uploadIds) await releaseUploads(inside, { profileId, uploadIds, at: ctx.now() });
  });
}

/** What anybody, or this persona alone, was writing in a conversation goes with the right to post there, in the caller's transaction. */
export async function discardDraftsOf(ctx: Ctx, of: { conversationId: string; personaId?: string | undefined }): Promise<void> {
  for (const { profileId, uploadIds } of await deleteDraftsOf(ctx.db, of)) await releaseUploads(ctx, { profileId, uploadIds, at: ctx.now() });
}

/** Due work: forgets what nobody came back for, by a clock that can be trusted; its files are due at the same instant. */
export async function discardDueDrafts(ctx: Ctx): Promise<void> {
  if (await mayDestroyNow(ctx)) await deleteDraftsDue(ctx.db, ctx.now());
}
