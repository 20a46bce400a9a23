import type { SignedInCtx } from '#context';
import { destroyFiles } from '#domain/attachments/api.ts';
import { giveUpNotices } from '#domain/notices/api.ts';
import { ok, type Result, refuse } from '#result';
import { accessMessage, type Conversation } from './access.ts';
import { updateInboxesAfterExpiry, updateInboxesExpired } from './expiry-queries.ts';
import { findWithdrawable, listReaders, updateMessageClosed, updateMessageWithdrawn } from './life-queries.ts';
import type { Managed } from './lock-managed.ts';
import { managing } from './managing.ts';
import { noteActivity } from './note-activity.ts';
import { settleTitleKey } from './settle-title-key.ts';
import { addToUnreadTotals } from './write-queries.ts';

/**
 * «Retirer»: takes one's own message back from those who have not opened it (000-C4). Nobody had: its key, text, names and files are gone at
 * once. Somebody had: they keep what they opened, until it expires, and it is closed to the others. Twice is once. An opening at the same
 * moment is either before it or refused: both wait for the conversation's row.
 * Tells who keeps it. Refuses as `managing` (somebody else's message is `conversation.not-found`), `message.gone`, `message.opened-by-all`.
 */
export function withdrawMessage(ctx: SignedInCtx, asked: Conversation, messageId: string): Promise<Result<{ keptBy: number }>> {
  return managing(ctx, asked, async (inside, managed) => {
    const { place, conversation } = managed;
    const message = await accessMessage(inside, conversation, messageId);
    if (!message?.mine) return refuse('conversation.not-found');
    const row = await findWithdrawable(inside.db, place.organisationId, messageId);
    if (row?.withdrawnAt) return ok({ keptBy: 0 });
    if (row?.state !== 'posted' || row.expiresAt <= inside.now()) return refuse('message.gone');
    const readers = await listReaders(inside.db, place, { messageId, now: inside.now() });
    const keptBy = readers.filter((reader) => reader.openedAt).length;
    if (keptBy > 0 && keptBy === readers.length) return refuse('message.opened-by-all');
    await takeBack(inside, managed, { messageId, keptBy });
    return ok({ keptBy });
  });
}

async function takeBack(
  ctx: SignedInCtx,
  { place, locked, conversation }: Managed,
  { messageId, keptBy }: { messageId: string; keptBy: number },
): Promise<void> {
  const { organisationId } = place;
  const at = ctx.now();
  // Before the message says that it is withdrawn: those who had it unread have one envelope less.
  const unopened = await updateInboxesExpired(ctx.db, place, [messageId]);
  if (keptBy > 0) {
    await updateMessageClosed(ctx.db, organisationId, { id: messageId, at });
  } else {
    await destroyFiles(ctx, { organisationId, messageIds: [messageId] });
    await updateMessageWithdrawn(ctx.db, organisationId, { id: messageId, at });
    await settleTitleKey(ctx, place, locked);
  }
  await updateInboxesAfterExpiry(ctx.db, place, at);
  await addToUnreadTotals(ctx.db, unopened);
  await giveUpNotices(ctx, { organisationId, messageId });
  await noteActivity(ctx, { ...place, kind: 'message-withdrawn', personaId: conversation.personaId, messageId });
}
