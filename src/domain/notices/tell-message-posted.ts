import { atomically, type Ctx } from '#context';
import { hashToken, noticeToken } from './notice-token.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { insertNotices } from './queries.ts';

/**
 * Tells people that a message waits for them (000-04): one durable notice a person and message, in the caller's transaction.
 * Called twice for the same message, it tells once. Who is to be told is the caller's rule; the sender never is.
 */
export async function tellMessagePosted(
  ctx: Ctx,
  told: {
    organisationId: string;
    conversationId: string;
    messageId: string;
    senderPersonaId: string;
    recipientPersonaIds: readonly string[];
  },
): Promise<void> {
  const recipients = new Set(told.recipientPersonaIds);
  recipients.delete(told.senderPersonaId);
  if (recipients.size === 0) return;
  const now = ctx.now();
  const notices = [...recipients].sort().map((personaId) => {
    const id = ctx.newId();
    return {
      organisation_id: told.organisationId,
      id,
      persona_id: personaId,
      sender_persona_id: told.senderPersonaId,
      conversation_id: told.conversationId,
      message_id: told.messageId,
      kind: 'message-posted',
      token_hash: hashToken(noticeToken(ctx.keys, id)),
      created_at: now,
      due_at: now,
    };
  });
  await atomically(ctx, async (inside) => {
    await insertNotices(inside, notices);
    await nudgeDelivery(inside);
  });
}
