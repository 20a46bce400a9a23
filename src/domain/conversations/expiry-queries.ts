import { sql } from 'kysely';
import type { Database } from '#context';
import { utcDay } from '#shared/expiry.ts';

type Key = { organisationId: string; conversationId: string };

/** Conversations that hold a message whose time has come, the most overdue first; or a title whose last messages were withdrawn. */
export async function listDueConversations(db: Database, now: Date, most: number): Promise<Key[]> {
  const { rows } = await sql<{ organisation_id: string; conversation_id: string }>`
    select distinct organisation_id, conversation_id from (
      (select organisation_id, conversation_id from messages where state = 'posted' and expires_at <= ${now} order by expires_at, id limit ${most})
      union all
      (select organisation_id, id from conversations
        where wrapped_key is not null and key_day <= ${utcDay(now)}::date and last_expires_at <= ${now} order by key_day limit ${most})
    ) due`.execute(db);
  return rows.map((row) => ({ organisationId: row.organisation_id, conversationId: row.conversation_id }));
}

export type DueMessage = { id: string; expiresAt: Date };

export async function listDueMessages(db: Database, key: Key, due: { now: Date; most: number }): Promise<DueMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'expires_at'])
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('state', '=', sql.lit('posted'))
    .where('expires_at', '<=', due.now)
    .orderBy('position')
    .limit(due.most)
    .execute();
  return rows.map((row) => ({ id: row.id, expiresAt: row.expires_at }));
}

/** Takes the envelopes nobody opened out of the unread counts; returns whose, and how many. */
export async function updateInboxesExpired(db: Database, key: Key, messageIds: readonly string[]): Promise<{ personaId: string; by: number }[]> {
  const { rows } = await sql<{ persona_id: string; unopened: number }>`
    with unopened as (
      select p.persona_id, count(*)::int as unopened
      from messages m
      join participations p on p.organisation_id = m.organisation_id and p.conversation_id = m.conversation_id
        and p.removed_at is null and p.persona_id <> m.sender_persona_id and p.visible_from <= m.position
      where m.organisation_id = ${key.organisationId} and m.id = any(${messageIds}::uuid[]) and m.withdrawn_at is null
        and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = p.persona_id)
      group by p.persona_id
    )
    update inboxes i set unread_count = greatest(0, i.unread_count - u.unopened) from unopened u
    where i.persona_id = u.persona_id and i.conversation_id = ${key.conversationId}
    returning i.persona_id, u.unopened`.execute(db);
  return rows.map((row) => ({ personaId: row.persona_id, by: -row.unopened }));
}

/** The wrapped keys and the ciphertext go; a tombstone stays (000-48). */
export async function updateMessagesExpired(db: Database, key: Key, messageIds: readonly string[]): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: 'expired', body: null, wrapped_key: null, remind_at: null })
    .where('organisation_id', '=', key.organisationId)
    .where('id', 'in', messageIds)
    .execute();
}

/** After an expiry each row looks again for its oldest unopened envelope, and moves to the date of the expiry (000-27). */
export async function updateInboxesAfterExpiry(db: Database, key: Key, at: Date): Promise<void> {
  await sql`
    update inboxes i set last_activity_at = greatest(i.last_activity_at, ${at}),
      oldest_unopened = case when i.unread_count = 0 then null else (
        select m.position from messages m
        where m.organisation_id = i.organisation_id and m.conversation_id = i.conversation_id and m.position >= coalesce(i.oldest_unopened, 1)
          and m.state = 'posted' and m.withdrawn_at is null and m.sender_persona_id <> i.persona_id
          and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = i.persona_id)
        order by m.position limit 1) end
    where i.organisation_id = ${key.organisationId} and i.conversation_id = ${key.conversationId}`.execute(db);
}

/** Once none of its messages can be read the conversation is expired and its title is gone too (S-18): true then. */
export async function updateConversationExpired(db: Database, key: Key, at: Date): Promise<boolean> {
  const { rows } = await sql<{ expired: boolean }>`
    update conversations c set last_activity_at = greatest(c.last_activity_at, ${at}),
      status = case when readable.left_over then c.status else 'expired' end,
      title = case when readable.left_over then c.title end,
      wrapped_key = case when readable.left_over then c.wrapped_key end
    from (
      select exists (select from messages m where m.organisation_id = ${key.organisationId} and m.conversation_id = ${key.conversationId} and m.state = 'posted') as left_over
    ) readable
    where c.organisation_id = ${key.organisationId} and c.id = ${key.conversationId}
    returning c.status = 'expired' as expired`.execute(db);
  return rows[0]?.expired ?? false;
}

/** Whether a message or a title still needs the key of this day. */
export async function isKeyDayUsed(db: Database, day: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from messages where key_day = ${day} and state = 'posted')
      or exists (select from conversations where key_day = ${day} and wrapped_key is not null) as used`.execute(db);
  return rows[0]?.used ?? true;
}
