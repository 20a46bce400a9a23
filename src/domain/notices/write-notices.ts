import { atomically, type Ctx } from '#context';
import type { NoticeKind } from './notice-kinds.ts';
import { hashToken, noticeToken } from './notice-token.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { insertNotices } from './queries.ts';

export type Told = {
  kind: NoticeKind;
  organisationId: string;
  conversationId: string;
  /** null: of the conversation, not of one of its messages. */
  messageId: string | null;
  senderPersonaId: string;
  recipientPersonaIds: readonly string[];
};

/** One durable notice a person, and a nudge to what sends them; never to the sender. Who is to be told is the caller's rule. */
export async function writeNotices(ctx: Ctx, told: Told): Promise<void> {
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
      kind: told.kind,
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
