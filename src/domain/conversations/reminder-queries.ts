import { sql } from 'kysely';
import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import { reading } from './taking-part-queries.ts';

type Key = { organisationId: string; conversationId: string };

/** Conversations of which a message's reminder has fallen due, the most overdue first. */
export async function listConversationsToRemind(db: Database, now: Date, most: number): Promise<Key[]> {
  const { rows } = await sql<{ organisation_id: string; conversation_id: string }>`
    select distinct organisation_id, conversation_id from (
      select organisation_id, conversation_id from messages where state = 'posted' and remind_at <= ${now}
      order by remind_at, id limit ${most}
    ) due`.execute(db);
  return rows.map((row) => ({ organisationId: row.organisation_id, conversationId: row.conversation_id }));
}

export type RemindableMessage = { id: string; expiresAt: Date };

export async function listMessagesToRemind(db: Database, key: Key, now: Date): Promise<RemindableMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'expires_at'])
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('state', '=', sql.lit('posted'))
    .where('remind_at', '<=', now)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ id: row.id, expiresAt: row.expires_at }));
}

export async function updateRemindAt(db: Database, organisationId: string, next: readonly { id: string; remindAt: Date | undefined }[]): Promise<void> {
  await sql`
    update messages m set remind_at = next.remind_at
    from unnest(${next.map((message) => message.id)}::uuid[], ${next.map((message) => message.remindAt ?? null)}::timestamptz[]) as next (id, remind_at)
    where m.organisation_id = ${organisationId} and m.id = next.id`.execute(db);
}

export type UnopenedRow = { messageId: string; senderPersonaId: string; personaId: string };

/** Who has not opened what: of the readable messages from `from` on, or of those named. Withdrawn ones wait for nobody. */
export async function listUnopened(
  db: Database,
  key: Key,
  asked: { from: number; messageIds?: readonly string[] | undefined; now: Date },
): Promise<UnopenedRow[]> {
  const values = [key.organisationId, key.conversationId, asked.from, asked.now, asked.messageIds ?? null];
  const rows = await run<{ id: string; sender_persona_id: string; persona_id: string }>(db, unopenedText, values);
  return rows.map((row) => ({ messageId: row.id, senderPersonaId: row.sender_persona_id, personaId: row.persona_id }));
}

const unopenedText = `
    select m.id, m.sender_persona_id, p.persona_id
    from ${reading('$4')}
    join messages m on m.organisation_id = p.organisation_id and m.conversation_id = p.conversation_id
      and m.position >= p.visible_from and m.sender_persona_id <> p.persona_id
    where p.organisation_id = $1 and p.conversation_id = $2 and m.position >= $3
      and m.state = 'posted' and m.withdrawn_at is null and m.expires_at > $4
      and ($5::uuid[] is null or m.id = any($5::uuid[]))
      and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = p.persona_id)
    order by m.position, p.persona_id`;

export type NewReminder = Key & { id: string; personaId: string; dueAt: Date; createdAt: Date; doneAt: Date | undefined };

export async function insertReminder(db: Database, reminder: NewReminder): Promise<void> {
  await db
    .insertInto('reminders')
    .values({
      organisation_id: reminder.organisationId,
      id: reminder.id,
      conversation_id: reminder.conversationId,
      persona_id: reminder.personaId,
      due_at: reminder.dueAt,
      created_at: reminder.createdAt,
      done_at: reminder.doneAt ?? null,
    })
    .execute();
}

export type ReminderRow = { id: string; dueAt: Date; address: string };

/** Those that wait, the next first. */
export async function listWaitingReminders(db: Database, key: Key): Promise<ReminderRow[]> {
  const rows = await db
    .selectFrom('reminders')
    .innerJoin('personas', 'personas.id', 'reminders.persona_id')
    .select(['reminders.id', 'reminders.due_at', 'personas.address'])
    .where('reminders.organisation_id', '=', key.organisationId)
    .where('reminders.conversation_id', '=', key.conversationId)
    .where('reminders.done_at', 'is', null)
    .orderBy('reminders.due_at')
    .limit(100)
    .execute();
  return rows.map((row) => ({ id: row.id, dueAt: row.due_at, address: row.address }));
}

/** When the last one was sent. */
export async function findLastReminder(db: Database, key: Key): Promise<Date | undefined> {
  const row = await db
    .selectFrom('reminders')
    .select((reminders) => reminders.fn.max('done_at').as('last'))
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .executeTakeFirst();
  return row?.last ?? undefined;
}

/** False when it was sent, or cancelled, meanwhile. */
export async function deleteReminder(db: Database, key: Key, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('reminders')
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

export type DueReminder = Key & { id: string; personaId: string };

export async function listDueReminders(db: Database, now: Date, most: number): Promise<DueReminder[]> {
  const rows = await db
    .selectFrom('reminders')
    .select(['organisation_id', 'id', 'conversation_id', 'persona_id'])
    .where('done_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id, conversationId: row.conversation_id, personaId: row.persona_id }));
}

/** False when another process has sent it, or somebody cancelled it. */
export async function updateReminderDone(db: Database, reminder: { organisationId: string; id: string; at: Date }): Promise<boolean> {
  const updated = await db
    .updateTable('reminders')
    .set({ done_at: reminder.at })
    .where('organisation_id', '=', reminder.organisationId)
    .where('id', '=', reminder.id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** From which message on somebody may see and manage, while they are one of its collaborators; undefined when they are not any more. */
export async function findManagedFrom(db: Database, key: Key, of: { personaId: string; now: Date }): Promise<number | undefined> {
  const rows = await run<{ visible_from: number }>(db, managedFromText, [key.organisationId, key.conversationId, of.personaId, of.now]);
  return rows[0]?.visible_from;
}

const managedFromText = `
    select p.visible_from from ${reading('$4')}
    where p.organisation_id = $1 and p.conversation_id = $2 and p.persona_id = $3 and p.role <> 'participant'`;
