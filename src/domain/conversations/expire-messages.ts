import { atomically, type Ctx } from '#context';
import { destroyFiles } from '#domain/attachments/api.ts';
import { discardDraftsOf } from '#domain/drafts/api.ts';
import { mayDestroyNow } from '#platform/clock/trusted-clock.ts';
import {
  isKeyDayUsed,
  listDueConversations,
  listDueMessages,
  updateConversationExpired,
  updateInboxesAfterExpiry,
  updateInboxesExpired,
  updateMessagesExpired,
} from './expiry-queries.ts';
import { findLastExpiry } from './life-queries.ts';
import { tellPeople } from './tell-people.ts';
import { addToUnreadTotals, insertActivities, type LockedConversation, lockConversation } from './write-queries.ts';

const batch = 200;

type Place = { organisationId: string; conversationId: string };

/**
 * Due work: what has reached its expiry is destroyed, one conversation a transaction. Running twice finds nothing the second time.
 * It was unreadable already; by a clock that cannot be trusted nothing is destroyed.
 * A conversation that cannot be expired does not keep the others: they are done, then its fault is thrown.
 */
export async function expireMessages(ctx: Ctx): Promise<void> {
  if (!(await mayDestroyNow(ctx))) return;
  const faults = new Map<string, unknown>();
  const next = async () => {
    const due = await listDueConversations(ctx.db, ctx.now(), batch * (1 + faults.size));
    return due.filter((place) => !faults.has(place.conversationId));
  };
  for (let due = await next(); due.length > 0; due = await next()) {
    for (const place of due) {
      await atomically(ctx, (inside) => expireIn(inside, place)).catch((fault: unknown) => faults.set(place.conversationId, fault));
    }
  }
  if (faults.size > 0) throw new AggregateError(faults.values(), `${faults.size} conversations could not be expired`);
}

async function expireIn(ctx: Ctx, place: Place): Promise<void> {
  const locked = await lockConversation(ctx.db, place);
  const due = await listDueMessages(ctx.db, place, { now: ctx.now(), most: batch });
  const ids = due.map((message) => message.id);
  const last = due.reduce((latest, message) => (message.expiresAt > latest ? message.expiresAt : latest), due[0]?.expiresAt ?? ctx.now());
  if (ids.length === 0) return expireTitle(ctx, place, locked);
  const unopened = await updateInboxesExpired(ctx.db, place, ids);
  await destroyFiles(ctx, { organisationId: place.organisationId, messageIds: ids });
  await updateMessagesExpired(ctx.db, place, ids);
  await insertActivities(
    ctx.db,
    due.map((message) => ({ ...place, id: ctx.newId(), at: message.expiresAt, kind: 'message-expired', messageId: message.id })),
  );
  // Nothing can be posted there any more: neither can a draft.
  if (await updateConversationExpired(ctx.db, place, last)) await discardDraftsOf(ctx, { conversationId: place.conversationId });
  await updateInboxesAfterExpiry(ctx.db, place, last);
  await addToUnreadTotals(ctx.db, unopened);
  await tellPeople(ctx, place, 'messages');
}

/** All its messages were withdrawn: the title ends when the last of them would have. */
async function expireTitle(ctx: Ctx, place: Place, locked: LockedConversation | undefined): Promise<void> {
  if (!locked?.wrappedKey || locked.lastExpiresAt > ctx.now()) return;
  // Would be due again at once, for ever: told as a fault, it holds nobody up.
  if (await findLastExpiry(ctx.db, place)) throw new Error('A title must not end before the last of its messages');
  await updateConversationExpired(ctx.db, place, locked.lastExpiresAt);
  await discardDraftsOf(ctx, { conversationId: place.conversationId });
  await updateInboxesAfterExpiry(ctx.db, place, locked.lastExpiresAt);
  await tellPeople(ctx, place, 'messages');
}

/** Whether anything readable still hangs on the key of this UTC day. */
export function conversationsNeedKey(ctx: Ctx, day: string): Promise<boolean> {
  return isKeyDayUsed(ctx.db, day);
}
