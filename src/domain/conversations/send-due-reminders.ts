import { atomically, type Ctx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import { tellUnopened } from './remind.ts';
import { type DueReminder, findManagedFrom, listDueReminders, updateReminderDone } from './reminder-queries.ts';
import { lockConversation } from './write-queries.ts';

const batch = 200;

/**
 * Due work: the reminders that collaborators scheduled. Each once, whatever is restarted; none for somebody who does not manage the
 * conversation any more. Running twice finds nothing the second time.
 */
export async function sendDueReminders(ctx: Ctx): Promise<void> {
  for (let due = await next(ctx); due.length > 0; due = await next(ctx)) {
    for (const reminder of due) await atomically(ctx, (inside) => send(inside, reminder));
  }
}

function next(ctx: Ctx) {
  return listDueReminders(ctx.db, ctx.now(), batch);
}

async function send(ctx: Ctx, { organisationId, conversationId, id, personaId }: DueReminder): Promise<void> {
  const place = { organisationId, conversationId };
  await lockConversation(ctx.db, place);
  if (!(await updateReminderDone(ctx.db, { organisationId, id, at: ctx.now() }))) return;
  const from = await findManagedFrom(ctx.db, place, { personaId, now: ctx.now() });
  const inForce = await listActiveCollaborators(ctx, { organisationId, personaIds: [personaId] });
  if (from !== undefined && inForce.has(personaId)) await tellUnopened(ctx, place, { personaId, from });
}
