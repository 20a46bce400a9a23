import type { SignedInCtx } from '#context';
import type { Conversation } from './access.ts';
import { listDelegatesHere } from './delegate.ts';
import { type ExpiryCaps, expiryCaps } from './expiry-caps.ts';
import { findLifetime } from './life-queries.ts';
import { listReminders, type ScheduledReminder } from './remind.ts';

/** What the tools of a conversation show beside it. */
export type ConversationLife = {
  caps: ExpiryCaps;
  /** Days of the messages to come in this conversation; undefined is its organisation's rule. */
  lifetime: number | undefined;
  reminders: ScheduledReminder[];
  delegates: Awaited<ReturnType<typeof listDelegatesHere>>;
};

/** For a conversation whose door is open and which the actor manages. */
export async function readLife(ctx: SignedInCtx, conversation: Conversation): Promise<ConversationLife> {
  const place = { organisationId: conversation.organisationId, conversationId: conversation.id };
  const [caps, lifetime, reminders, delegates] = await Promise.all([
    expiryCaps(ctx, place.organisationId),
    findLifetime(ctx.db, place),
    listReminders(ctx, conversation),
    listDelegatesHere(ctx, conversation),
  ]);
  return { caps, lifetime, reminders, delegates };
}
