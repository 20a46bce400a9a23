import { sql } from 'kysely';
import type { Database } from '#context';
import { lockName } from '#platform/database/lock-name.ts';
import { run } from '#platform/database/statement.ts';
import type { ActivityKind } from './activity-kinds.ts';
import type { ConversationStatus } from './queries.ts';
import { isClosed, takingPart } from './taking-part-queries.ts';

type Key = { organisationId: string; conversationId: string };

export type NewConversationRow = {
  organisationId: string;
  id: string;
  holderPersonaId: string;
  title: Buffer;
  wrappedKey: Buffer;
  keyDay: string;
  lastExpiresAt: Date;
  expiryDays: number | undefined;
  at: Date;
};

export async function insertConversation(db: Database, row: NewConversationRow): Promise<void> {
  await db
    .insertInto('conversations')
    .values({
      organisation_id: row.organisationId,
      id: row.id,
      holder_persona_id: row.holderPersonaId,
      title: row.title,
      wrapped_key: row.wrappedKey,
      key_day: row.keyDay,
      last_expires_at: row.lastExpiresAt,
      expiry_days: row.expiryDays ?? null,
      last_activity_at: row.at,
      created_at: row.at,
    })
    .execute();
}

type NewParticipation = Key & { personaId: string; role: 'holder' | 'participant'; at: Date };

export async function insertParticipations(db: Database, people: readonly NewParticipation[]): Promise<void> {
  await db
    .insertInto('participations')
    .values(
      people.map((p) => ({ organisation_id: p.organisationId, conversation_id: p.conversationId, persona_id: p.personaId, role: p.role, added_at: p.at })),
    )
    .execute();
  await db
    .insertInto('inboxes')
    .values(
      people.map((p) => ({
        persona_id: p.personaId,
        conversation_id: p.conversationId,
        organisation_id: p.organisationId,
        last_activity_at: p.at,
        displayed_at: p.role === 'holder' ? p.at : null,
      })),
    )
    .execute();
  // In persona order, as everywhere totals are locked.
  await db
    .insertInto('inbox_totals')
    .values(people.map((p) => ({ persona_id: p.personaId, conversations: 1 })).sort((a, b) => (a.persona_id < b.persona_id ? -1 : 1)))
    .onConflict((conflict) => conflict.column('persona_id').doUpdateSet({ conversations: sql`inbox_totals.conversations + 1` }))
    .execute();
}

export type NewActivity = Key & {
  id: string;
  at: Date;
  kind: ActivityKind;
  personaId?: string;
  messageId?: string;
  attachmentId?: string;
  subjectPersonaId?: string;
  /** The line is also read among the messages, behind the one of this number. */
  afterPosition?: number;
  /** Where an expiry was moved to. */
  expiresAt?: Date;
  audience?: 'everyone' | 'collaborators';
};

export async function insertActivities(db: Database, activities: readonly NewActivity[]): Promise<void> {
  await db
    .insertInto('activities')
    .values(
      activities.map((activity) => ({
        organisation_id: activity.organisationId,
        id: activity.id,
        conversation_id: activity.conversationId,
        at: activity.at,
        kind: activity.kind,
        persona_id: activity.personaId ?? null,
        message_id: activity.messageId ?? null,
        attachment_id: activity.attachmentId ?? null,
        subject_persona_id: activity.subjectPersonaId ?? null,
        after_position: activity.afterPosition ?? null,
        expires_at: activity.expiresAt ?? null,
        audience: activity.audience ?? 'everyone',
      })),
    )
    .execute();
}

export type LockedConversation = {
  status: ConversationStatus;
  holderPersonaId: string;
  messageCount: number;
  lastExpiresAt: Date;
  wrappedKey: Buffer | undefined;
  keyDay: string;
  holderActive: boolean;
};

/** Held until the transaction ends: whoever writes a draft of this conversation waits for a post under way, and a post for them. */
export async function holdConversation(db: Database, key: Key): Promise<void> {
  await sql`select from conversations where organisation_id = ${key.organisationId} and id = ${key.conversationId} for share`.execute(db);
}

/** Locks the conversation: posts, openings and expiries of one conversation happen one after the other. */
export async function lockConversation(db: Database, key: Key): Promise<LockedConversation | undefined> {
  const { rows } = await sql<RawLocked>`
    select c.status, c.holder_persona_id, c.message_count, c.last_expires_at, c.wrapped_key, c.key_day,
      exists (
        select from memberships m join personas h on h.id = m.persona_id join profiles p on p.id = h.profile_id
        where m.organisation_id = c.organisation_id and m.persona_id = c.holder_persona_id and m.role = 'collaborator'
          and m.status = 'active' and p.status = 'active'
      ) as holder_active
    from conversations c where c.organisation_id = ${key.organisationId} and c.id = ${key.conversationId} for update`.execute(db);
  const row = rows[0];
  return (
    row && {
      status: row.status,
      holderPersonaId: row.holder_persona_id,
      messageCount: row.message_count,
      lastExpiresAt: row.last_expires_at,
      wrappedKey: row.wrapped_key ?? undefined,
      keyDay: row.key_day,
      holderActive: row.holder_active,
    }
  );
}

type RawLocked = {
  status: ConversationStatus;
  holder_persona_id: string;
  message_count: number;
  last_expires_at: Date;
  wrapped_key: Buffer | null;
  key_day: string;
  holder_active: boolean;
};

/** Whoever sends the same key meanwhile waits here: a form sent twice finds what the first sending posted. */
export async function lockPostKey(db: Database, postKey: string): Promise<void> {
  await lockName(db, postKey);
}

/** What this key already posted, if it did. */
export async function findPosted(
  db: Database,
  sender: { organisationId: string; personaId: string; postKey: string },
): Promise<{ messageId: string; conversationId: string } | undefined> {
  const row = await db
    .selectFrom('messages')
    .select(['id', 'conversation_id'])
    .where('organisation_id', '=', sender.organisationId)
    .where('sender_persona_id', '=', sender.personaId)
    .where('post_key', '=', sender.postKey)
    .executeTakeFirst();
  return row && { messageId: row.id, conversationId: row.conversation_id };
}

export type NewMessageRow = Key & {
  id: string;
  position: number;
  senderPersonaId: string;
  body: Buffer;
  wrappedKey: Buffer;
  keyDay: string;
  fileCount: number;
  sentAt: Date;
  expiresAt: Date;
  /** When those who have not opened it are first reminded that it expires. */
  remindAt: Date | undefined;
  postKey: string;
};

/** What its conversation becomes: how long the title lives, and under which key. */
export type Advance = { activityId: string; lastExpiresAt: Date; wrappedKey: Buffer; keyDay: string };

/**
 * Writes a message, its line among the activities and what its conversation, which is locked, becomes: all of it, or nothing and false when
 * its sender has posted under that key already.
 */
export async function insertPosted(db: Database, row: NewMessageRow, advance: Advance): Promise<boolean> {
  const { organisationId, id, conversationId, position, senderPersonaId, body, wrappedKey, keyDay, fileCount, sentAt, expiresAt, remindAt, postKey } = row;
  const message = [organisationId, id, conversationId, position, senderPersonaId, body, wrappedKey, keyDay, fileCount, sentAt, expiresAt];
  const others = [remindAt ?? null, postKey, advance.activityId, advance.lastExpiresAt, advance.wrappedKey, advance.keyDay];
  return (await run(db, postText, [...message, ...others])).length > 0;
}

const postText = `
    with posted as (
      insert into messages (organisation_id, id, conversation_id, position, sender_persona_id, body, wrapped_key, key_day, file_count,
        sent_at, expires_at, remind_at, post_key)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      on conflict (organisation_id, sender_persona_id, post_key) do nothing
      returning id
    ), line as (
      insert into activities (organisation_id, id, conversation_id, at, kind, persona_id, message_id, audience)
      select $1, $14::uuid, $3, $10, 'message-posted', $5, posted.id, 'everyone' from posted
    ), advanced as (
      update conversations c set message_count = $4, last_activity_at = greatest(c.last_activity_at, $10),
        last_expires_at = $15, wrapped_key = $16, key_day = $17
      from posted where c.organisation_id = $1 and c.id = $3
    )
    select id from posted`;

/** One of those who take part: `reads` is false for whoever may not read now, and finds their envelope once they may. */
export type Reached = { personaId: string; reads: boolean };

/**
 * The row of whoever takes part moves up; everybody's but the sender's counts one more sealed envelope, and so do their totals, which are
 * locked in their order. Returns all of them, by persona id. Somebody whose part has run out, and whom no sweep has taken out yet, is left as
 * they were.
 */
export async function updateInboxesPosted(db: Database, post: Key & { senderPersonaId: string; position: number; at: Date }): Promise<Reached[]> {
  const values = [post.organisationId, post.conversationId, post.senderPersonaId, post.position, post.at];
  const rows = await run<{ persona_id: string; reads: boolean }>(db, postedText, values);
  return rows.map((row) => ({ personaId: row.persona_id, reads: row.reads }));
}

const postedText = `
    with people as (
      select p.persona_id, not ${isClosed} as reads from ${takingPart('$5')} where p.organisation_id = $1 and p.conversation_id = $2
    ), moved as (
      update inboxes i set last_activity_at = greatest(i.last_activity_at, $5),
        unread_count = i.unread_count + (i.persona_id <> $3)::int,
        sent_count = i.sent_count + (i.persona_id = $3)::int,
        oldest_unopened = case when i.persona_id <> $3 then coalesce(i.oldest_unopened, $4) else i.oldest_unopened end
      from people where i.organisation_id = $1 and i.conversation_id = $2 and i.persona_id = people.persona_id
      returning i.persona_id, people.reads
    ), held as (
      select persona_id from inbox_totals where persona_id in (select persona_id from moved where persona_id <> $3) order by persona_id for update
    ), counted as (
      update inbox_totals t set unread = t.unread + 1 from held where t.persona_id = held.persona_id
    )
    select persona_id, reads from moved order by persona_id`;

/** Adds to the unread totals of several personas, locked in their order. */
export async function addToUnreadTotals(db: Database, changes: readonly { personaId: string; by: number }[]): Promise<void> {
  if (changes.length === 0) return;
  const ids = changes.map((change) => change.personaId);
  await sql`select persona_id from inbox_totals where persona_id = any(${ids}::uuid[]) order by persona_id for update`.execute(db);
  await sql`
    update inbox_totals t set unread = greatest(0, t.unread + change.by)
    from unnest(${ids}::uuid[], ${changes.map((change) => change.by)}::int[]) as change (persona_id, by)
    where t.persona_id = change.persona_id`.execute(db);
}

/** True when this persona had not opened it yet. */
export async function insertOpening(db: Database, opening: { organisationId: string; messageId: string; personaId: string; at: Date }): Promise<boolean> {
  const rows = await db
    .insertInto('openings')
    .values({ organisation_id: opening.organisationId, message_id: opening.messageId, persona_id: opening.personaId, opened_at: opening.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .execute();
  return rows.length > 0;
}

type Opened = Key & { personaId: string; position: number; at: Date };

/** One envelope less for this persona; the oldest unopened one is looked for only from where it was. */
export async function updateInboxOpened(db: Database, opened: Opened): Promise<void> {
  await sql`
    update inboxes i set unread_count = greatest(0, i.unread_count - 1), last_activity_at = greatest(i.last_activity_at, ${opened.at}),
      opened_count = i.opened_count + 1, last_opened_at = ${opened.at},
      oldest_unopened = case when i.oldest_unopened <> ${opened.position} then i.oldest_unopened else (
        select m.position from messages m
        where m.organisation_id = i.organisation_id and m.conversation_id = i.conversation_id and m.position > ${opened.position}
          and m.state = 'posted' and m.withdrawn_at is null and m.sender_persona_id <> i.persona_id
          and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = i.persona_id)
        order by m.position limit 1) end
    where i.persona_id = ${opened.personaId} and i.conversation_id = ${opened.conversationId}`.execute(db);
}

export async function updateConversationActivity(db: Database, touched: Key & { at: Date }): Promise<void> {
  await db
    .updateTable('conversations')
    .set({ last_activity_at: sql`greatest(last_activity_at, ${touched.at})` })
    .where('organisation_id', '=', touched.organisationId)
    .where('id', '=', touched.conversationId)
    .execute();
}

/** Whoever takes part in conversations this persona holds, by persona id; 10 000 at most, the others see it at their next page. */
export async function listReadersOf(db: Database, holder: { organisationId: string; personaId: string }): Promise<string[]> {
  const { rows } = await sql<{ persona_id: string }>`
    select distinct reader.persona_id
    from participations held join participations reader
      on reader.organisation_id = held.organisation_id and reader.conversation_id = held.conversation_id and reader.removed_at is null
    where held.persona_id = ${holder.personaId} and held.organisation_id = ${holder.organisationId} and held.role = 'holder'
    order by reader.persona_id limit 10000`.execute(db);
  return rows.map((row) => row.persona_id);
}

/** Brings the rows of the others to the conversation's last activity; tells whose list moved. */
export async function updateInboxesActivity(db: Database, key: Key): Promise<string[]> {
  const { rows } = await sql<{ persona_id: string }>`
    update inboxes i set last_activity_at = c.last_activity_at from conversations c
    where c.organisation_id = ${key.organisationId} and c.id = ${key.conversationId}
      and i.organisation_id = c.organisation_id and i.conversation_id = c.id and i.last_activity_at < c.last_activity_at
    returning i.persona_id`.execute(db);
  return rows.map((row) => row.persona_id);
}

export async function updateDisplayed(db: Database, shown: { personaId: string; conversationId: string; at: Date }): Promise<void> {
  await db
    .updateTable('inboxes')
    .set({ displayed_at: shown.at })
    .where('persona_id', '=', shown.personaId)
    .where('conversation_id', '=', shown.conversationId)
    .where('displayed_at', 'is', null)
    .execute();
}

export async function updateInboxDownloaded(db: Database, downloaded: { personaId: string; conversationId: string; at: Date }): Promise<void> {
  await db
    .updateTable('inboxes')
    .set({ last_downloaded_at: downloaded.at })
    .where('persona_id', '=', downloaded.personaId)
    .where('conversation_id', '=', downloaded.conversationId)
    .execute();
}

/** True when this is the first download of the hour by this persona (000-40). */
export async function insertDownload(db: Database, download: { organisationId: string; attachmentId: string; personaId: string; at: Date }): Promise<boolean> {
  const hour = new Date(Math.floor(download.at.getTime() / 3_600_000) * 3_600_000);
  const rows = await db
    .insertInto('downloads')
    .values({ organisation_id: download.organisationId, attachment_id: download.attachmentId, persona_id: download.personaId, hour })
    .onConflict((conflict) => conflict.doNothing())
    .returning('attachment_id')
    .execute();
  return rows.length > 0;
}
