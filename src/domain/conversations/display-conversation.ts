import type { SignedInCtx } from '#context';
import { recordSeen } from '#domain/notices/api.ts';
import type { Conversation } from './access.ts';
import { updateDisplayed } from './write-queries.ts';

/** Records that this persona has seen the page: the conversation is not new any more; its envelopes stay sealed (000-30, S-07). */
export async function displayConversation(ctx: SignedInCtx, conversation: Conversation): Promise<void> {
  if (conversation.displayedAt) return;
  const { organisationId, id: conversationId, personaId } = conversation;
  await updateDisplayed(ctx.db, { personaId, conversationId, at: ctx.now() });
  await recordSeen(ctx, { organisationId, conversationId, personaId });
}
