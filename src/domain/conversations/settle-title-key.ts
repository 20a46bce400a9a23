import type { Ctx } from '#context';
import { utcDay } from '#shared/expiry.ts';
import { findLastExpiry, updateTitleKey } from './life-queries.ts';
import type { LockedConversation } from './write-queries.ts';

/**
 * A title lives as long as the last of the readable messages, and its key is wrapped for that day: again, after an expiry was moved or a
 * message withdrawn. With no readable message left it keeps its day, so that another can still be posted. The conversation's row is locked.
 */
export async function settleTitleKey(ctx: Ctx, place: { organisationId: string; conversationId: string }, locked: LockedConversation): Promise<void> {
  const lastExpiresAt = await findLastExpiry(ctx.db, place);
  if (!lastExpiresAt || !locked.wrappedKey || lastExpiresAt.getTime() === locked.lastExpiresAt.getTime()) return;
  const keyDay = utcDay(lastExpiresAt);
  const context = `conversation:${place.conversationId}`;
  const key = keyDay === locked.keyDay ? undefined : await ctx.keys.unwrap(locked.keyDay, locked.wrappedKey, context);
  if (keyDay !== locked.keyDay && !key) throw new Error('The key of a title was destroyed while a message of its conversation could be read');
  const wrappedKey = key ? await ctx.keys.wrap(keyDay, key, context) : locked.wrappedKey;
  await updateTitleKey(ctx.db, place, { lastExpiresAt, keyDay, wrappedKey });
}
