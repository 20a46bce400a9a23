import { atomically, type Ctx } from '#context';
import type { ReminderKind } from './notice-kinds.ts';
import { hashToken, noticeToken } from './notice-token.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { upsertReminders } from './reminder-queries.ts';

/** A message, and one of those who have not opened it. */
export type Unopened = { messageId: string; senderPersonaId: string; personaId: string };

/**
 * Reminds people of messages they have not opened (S-03, 000-C4), in the caller's transaction: one row a person, message and kind. One that
 * still waits to be told is told once; one that was told is told again. Several of one sender share a mail. Who has not opened is the
 * caller's to say.
 */
export async function remindUnopened(
  ctx: Ctx,
  told: { organisationId: string; conversationId: string; kind: ReminderKind; unopened: readonly Unopened[] },
): Promise<void> {
  if (told.unopened.length === 0) return;
  const now = ctx.now();
  const rows = told.unopened.map(({ messageId, senderPersonaId, personaId }) => {
    const id = ctx.newId();
    return {
      organisation_id: told.organisationId,
      id,
      persona_id: personaId,
      sender_persona_id: senderPersonaId,
      conversation_id: told.conversationId,
      message_id: messageId,
      kind: told.kind,
      token_hash: hashToken(noticeToken(ctx.keys, id)),
      created_at: now,
      due_at: now,
    };
  });
  await atomically(ctx, async (inside) => {
    await upsertReminders(inside, rows);
    await nudgeDelivery(inside);
  });
}
