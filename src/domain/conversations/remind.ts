import { z } from 'zod';
import type { Ctx, SignedInCtx } from '#context';
import { remindUnopened } from '#domain/notices/api.ts';
import { ok, type Result, refuse } from '#result';
import { lifeLimits } from '#shared/conversation-life.ts';
import { localDay, morningOf } from '#shared/expiry.ts';
import type { Conversation } from './access.ts';
import { managing } from './managing.ts';
import { deleteReminder, findLastReminder, insertReminder, listUnopened, listWaitingReminders, type ReminderRow } from './reminder-queries.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities } from './write-queries.ts';

export type ScheduledReminder = ReminderRow;

/**
 * «Relancer»: a notice more to those who have not opened a message, at once (000-C4). Once a day and conversation. Tells how many people.
 * Refuses as `managing`, `reminder.too-soon`, `reminder.nobody`.
 */
export function remindNow(ctx: SignedInCtx, asked: Conversation): Promise<Result<{ people: number }>> {
  return managing(ctx, asked, async (inside, { place, conversation }) => {
    const now = inside.now();
    const last = await findLastReminder(inside.db, place);
    if (last && now.getTime() - last.getTime() < lifeLimits.reminderEveryHours * 3_600_000) return refuse('reminder.too-soon');
    const people = await tellUnopened(inside, place, { personaId: conversation.personaId, from: conversation.visibleFrom });
    if (people === 0) return refuse('reminder.nobody');
    const { personaId } = conversation;
    await insertReminder(inside.db, { ...place, id: inside.newId(), personaId, dueAt: now, createdAt: now, doneAt: now });
    return ok({ people });
  });
}

/**
 * A reminder for a day to come, at nine in the morning where the organisation is. Whoever has not opened by then is told; nobody, then
 * nothing leaves. Refuses as `managing`, `reminder.wrong-day`, `reminder.too-many`.
 */
export function scheduleReminder(ctx: SignedInCtx, asked: Conversation, on: string): Promise<Result<undefined>> {
  return managing(ctx, asked, async (inside, { place, locked, conversation }) => {
    const now = inside.now();
    if (!z.iso.date().safeParse(on).success || on <= localDay(now, conversation.zone)) return refuse('reminder.wrong-day');
    const dueAt = morningOf(on, conversation.zone);
    if (dueAt >= locked.lastExpiresAt || locked.status === 'expired') return refuse('reminder.wrong-day');
    const waiting = await listWaitingReminders(inside.db, place);
    // Asked twice for the same morning, it is one.
    if (waiting.some((reminder) => reminder.dueAt.getTime() === dueAt.getTime())) return ok();
    if (waiting.length >= lifeLimits.reminders) return refuse('reminder.too-many', { limit: lifeLimits.reminders });
    await insertReminder(inside.db, { ...place, id: inside.newId(), personaId: conversation.personaId, dueAt, createdAt: now, doneAt: undefined });
    return ok();
  });
}

/** A reminder that waits does not leave. One that has left, or was cancelled, changes nothing. Refuses as `managing`. */
export function cancelReminder(ctx: SignedInCtx, asked: Conversation, reminderId: string): Promise<Result<undefined>> {
  return managing(ctx, asked, async (inside, { place }) => {
    if (z.uuid().safeParse(reminderId).success) await deleteReminder(inside.db, place, reminderId);
    return ok();
  });
}

/** The reminders that wait in a conversation whose door is open and which the reader manages, the next first. */
export function listReminders(ctx: Ctx, conversation: Conversation): Promise<ScheduledReminder[]> {
  return listWaitingReminders(ctx.db, { organisationId: conversation.organisationId, conversationId: conversation.id });
}

type Place = { organisationId: string; conversationId: string };

/** Tells those who have not opened; a line for the collaborators, no date moved (000-27: notices move none). Returns how many people. */
export async function tellUnopened(ctx: Ctx, place: Place, { personaId, from }: { personaId: string; from: number }): Promise<number> {
  const unopened = await listUnopened(ctx.db, place, { from, now: ctx.now() });
  // Whoever asks needs no reminder.
  const others = unopened.filter((one) => one.personaId !== personaId);
  if (others.length === 0) return 0;
  await remindUnopened(ctx, { ...place, kind: 'reminder', unopened: others });
  await insertActivities(ctx.db, [{ ...place, id: ctx.newId(), at: ctx.now(), kind: 'reminded', personaId, audience: 'collaborators' }]);
  await tellPeople(ctx, place, 'activities');
  return new Set(others.map((one) => one.personaId)).size;
}
