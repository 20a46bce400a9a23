import type { SignedInCtx } from '#context';
import { type DraftToKeep, type KeptDraft, keepDraft } from '#domain/drafts/api.ts';
import { listHolderPersonas } from '#domain/organisations/api.ts';
import { takeFromBudget } from '#platform/throttle/budgets.ts';
import { type Result, refuse } from '#result';
import { draftLimits } from '#shared/drafts.ts';
import { accessOneConversation } from './access.ts';
import { refusalToPost } from './policy.ts';
import { findPosted, holdConversation, lockPostKey } from './write-queries.ts';

/**
 * Keeps what is being written as an answer, for whoever may post it now. Refuses `conversation.not-found`, what `refusalToPost` and
 * `keepDraft` refuse, `draft.already-sent` (a saving that arrives after its message brings no draft back) and `draft.too-often`.
 */
export async function saveAnswer(ctx: SignedInCtx, saved: DraftToKeep & { conversationId: string; personaId: string }): Promise<Result<KeptDraft>> {
  const conversation = await accessOneConversation(ctx, saved);
  if (!conversation) return refuse('conversation.not-found');
  const refusal = refusalToPost(conversation, ctx.now());
  if (refusal) return { ok: false, refusal };
  if (!(await mayWrite(ctx))) return refuse('draft.too-often');
  const { id: conversationId, personaId, organisationId } = conversation;
  return keepDraft(ctx, {
    ...saved,
    profileId: ctx.actor.profileId,
    place: { conversationId, personaId },
    async forbidden(inside) {
      await holdConversation(inside.db, { organisationId, conversationId });
      // Taken out, closed or red while the lock was waited for: what is kept then would outlive the right to it.
      const still = await accessOneConversation({ ...inside, actor: ctx.actor }, { conversationId, personaId });
      if (!still) return { code: 'conversation.not-found' };
      const changed = refusalToPost(still, inside.now());
      if (changed) return changed;
      const posted = await findPosted(inside.db, { organisationId, personaId, postKey: saved.writer });
      return posted && { code: 'draft.already-sent' };
    },
  });
}

/** The same for a new conversation. Refuses `conversation.may-not-start` (S-01). */
export async function saveNewConversation(ctx: SignedInCtx, saved: DraftToKeep): Promise<Result<KeptDraft>> {
  const holders = await listHolderPersonas(ctx);
  // The browser may have changed hands since the page was shown: what was typed under another name is not kept under this one.
  const { titulaire } = saved.draft.fields;
  const isOwn = titulaire === undefined || holders.some((holder) => holder.personaId === titulaire);
  if (holders.length === 0 || !isOwn) return refuse('conversation.may-not-start');
  if (!(await mayWrite(ctx))) return refuse('draft.too-often');
  return keepDraft(ctx, {
    ...saved,
    profileId: ctx.actor.profileId,
    place: 'new',
    async forbidden(inside) {
      await lockPostKey(inside.db, saved.writer);
      for (const holder of holders) {
        if (await findPosted(inside.db, { ...holder, postKey: saved.writer })) return { code: 'draft.already-sent' };
      }
      return undefined;
    },
  });
}

/** A page saves at most every second or so; a script that does nothing else is stopped. */
async function mayWrite(ctx: SignedInCtx): Promise<boolean> {
  const budget = { key: `drafts:${ctx.actor.profileId}`, limit: draftLimits.perMinute, windowSeconds: 60, now: ctx.now() };
  return (await takeFromBudget(ctx.db, budget)).allowed;
}
