import { atomically, type Ctx } from '#context';
import type { ReminderKind } from './notice-kinds.ts';
import { noticeRow } from './notice-row.ts';
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
  const rows = told.unopened.map(({ personaId, ...message }) => noticeRow(ctx, personaId, { ...told, ...message }));
  await atomically(ctx, async (inside) => {
    await upsertReminders(inside, rows);
    nudgeDelivery(inside);
  });
}
