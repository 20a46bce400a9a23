import { atomically, type Ctx } from '#context';
import { type ReminderKind, remindUnopened } from '#domain/notices/api.ts';
import { dayMilliseconds, nextReminder } from '#shared/expiry.ts';
import { listConversationsToRemind, listMessagesToRemind, listUnopened, type RemindableMessage, updateRemindAt } from './reminder-queries.ts';
import { lockConversation } from './write-queries.ts';

const batch = 200;

/**
 * Due work: a week and a day before a message expires, those who have not opened it are reminded, once each (S-03). A clock that leapt over
 * one of the two gives the other alone; over both, none. Running twice finds nothing the second time: what comes next is written in the
 * transaction that reminds.
 */
export async function remindOfExpiry(ctx: Ctx): Promise<void> {
  for (let due = await next(ctx); due.length > 0; due = await next(ctx)) {
    for (const place of due) await atomically(ctx, (inside) => remindIn(inside, place));
  }
}

function next(ctx: Ctx) {
  return listConversationsToRemind(ctx.db, ctx.now(), batch);
}

async function remindIn(ctx: Ctx, place: { organisationId: string; conversationId: string }): Promise<void> {
  await lockConversation(ctx.db, place);
  const now = ctx.now();
  const due = await listMessagesToRemind(ctx.db, place, now);
  if (due.length === 0) return;
  for (const [kind, messages] of Map.groupBy(due, (message) => kindOf(message, now))) {
    const unopened = await listUnopened(ctx.db, place, { from: 1, messageIds: messages.map((message) => message.id), now });
    await remindUnopened(ctx, { ...place, kind, unopened });
  }
  await updateRemindAt(
    ctx.db,
    place.organisationId,
    due.map(({ id, expiresAt }) => ({ id, remindAt: nextReminder(now, expiresAt) })),
  );
}

function kindOf({ expiresAt }: RemindableMessage, now: Date): ReminderKind {
  return expiresAt.getTime() - now.getTime() > dayMilliseconds ? 'expiry-week' : 'expiry-day';
}
