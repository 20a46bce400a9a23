import type { SignedInCtx } from '#context';
import type { Conversation } from './access.ts';
import { updateDisplayed } from './write-queries.ts';

/** Records that this persona has seen the page: the conversation is not new any more; its envelopes stay sealed (000-30, S-07). */
export async function displayConversation(ctx: SignedInCtx, conversation: Conversation): Promise<void> {
  if (conversation.displayedAt) return;
  await updateDisplayed(ctx.db, { personaId: conversation.personaId, conversationId: conversation.id, at: ctx.now() });
}
