import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import type { ConversationRow, LinePlace } from './queries.ts';
import { reading, takingPart } from './taking-part-queries.ts';

type Key = { organisationId: string; conversationId: string };

/** How one persona takes part, or took. */
export type Participation = {
  personaId: string;
  address: string;
  name: string | undefined;
  role: ConversationRow['role'];
  visibleFrom: number;
  /** For somebody added without the past, the first line of the activities they may read. */
  visibleSince: LinePlace | undefined;
  /** They replace the holder during a leave. */
  standsIn: boolean;
  /** Since when they take part no more: removed, or run out by itself. */
  removedAt: Date | undefined;
};

export async function findParticipation(db: Database, key: Key, of: { personaId: string; now: Date }): Promise<Participation | undefined> {
  const row = await db
    .selectFrom('participations as p')
    .innerJoin('personas', 'personas.id', 'p.persona_id')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select([
      'p.persona_id',
      'personas.address',
      'profiles.display_name',
      'p.role',
      'p.visible_from',
      'p.visible_since',
      'p.first_activity_id',
      'p.removed_at',
      'p.ends_at',
      'p.delegation_id',
    ])
    .where('p.organisation_id', '=', key.organisationId)
    .where('p.conversation_id', '=', key.conversationId)
    .where('p.persona_id', '=', of.personaId)
    .executeTakeFirst();
  const lapsedAt = row?.ends_at && row.ends_at <= of.now ? row.ends_at : undefined;
  return (
    row && {
      personaId: row.persona_id,
      address: row.address,
      name: row.display_name ?? undefined,
      role: row.role as Participation['role'], // as: the column's check lists the same words
      visibleFrom: row.visible_from,
      visibleSince: row.visible_since && row.first_activity_id ? { at: row.visible_since, id: row.first_activity_id } : undefined,
      standsIn: row.delegation_id !== null,
      removedAt: row.removed_at ?? lapsedAt,
    }
  );
}

/** Participants and collaborators who take part now: what the limit of a conversation counts (S-11). */
export async function countAdded(db: Database, key: Key, now: Date): Promise<number> {
  const rows = await run<{ count: number }>(db, addedText, [key.organisationId, key.conversationId, now]);
  return rows[0]?.count ?? 0;
}

const addedText = `
    select count(*) as count from ${takingPart('$3')}
    where p.organisation_id = $1 and p.conversation_id = $2 and p.role <> 'holder'`;

/** Collaborators in force who take part and could still manage the conversation; at most some hundred. */
export async function listManagers(db: Database, key: Key, now: Date): Promise<string[]> {
  const rows = await run<{ persona_id: string }>(db, managersText, [key.organisationId, key.conversationId, now]);
  return rows.map((row) => row.persona_id);
}

const managersText = `
    select p.persona_id from ${reading('$3')}
    join memberships m on m.organisation_id = p.organisation_id and m.persona_id = p.persona_id and m.role = 'collaborator' and m.status = 'active'
    join personas on personas.id = p.persona_id
    join profiles on profiles.id = personas.profile_id and profiles.status = 'active'
    where p.organisation_id = $1 and p.conversation_id = $2 and p.role <> 'participant'
    order by p.persona_id limit 500`;

type Joining = Key & {
  personaIds: readonly string[];
  role: 'collaborator' | 'participant';
  /** The number of the first message they may see. */
  visibleFrom: number;
  /** The first line of the activities they may read, unless they may read all. */
  visibleSince: LinePlace | undefined;
  at: Date;
};

/**
 * These personas take part from now on, as they may see; somebody who had been removed comes back. None of them may be taking part. What
 * waits for them, and what they had sent and opened of it, is counted once here and kept by the verbs afterwards.
 */
export async function upsertParticipations(db: Database, joining: Joining): Promise<void> {
  const { organisationId, conversationId, at, visibleFrom, visibleSince } = joining;
  const ids = [...joining.personaIds];
  await sql`
    insert into participations (organisation_id, conversation_id, persona_id, role, visible_from, visible_since, first_activity_id, added_at)
    select ${organisationId}, ${conversationId}, persona_id, ${joining.role}, ${visibleFrom}, ${visibleSince?.at ?? null}, ${visibleSince?.id ?? null}, ${at}
    from unnest(${ids}::uuid[]) as joining (persona_id)
    on conflict (organisation_id, conversation_id, persona_id) do update set role = excluded.role, visible_from = excluded.visible_from,
      visible_since = excluded.visible_since, first_activity_id = excluded.first_activity_id, added_at = excluded.added_at, removed_at = null, corrected_at = null, delegation_id = null, ends_at = null`.execute(
    db,
  );
  await sql`
    insert into inboxes (persona_id, conversation_id, organisation_id, last_activity_at,
      unread_count, oldest_unopened, sent_count, opened_count, last_opened_at, last_downloaded_at)
    select j.persona_id, ${conversationId}, ${organisationId}, ${at},
      count(*) filter (where m.state = 'posted' and m.withdrawn_at is null and m.sender_persona_id <> j.persona_id and o.opened_at is null),
      min(m.position) filter (where m.state = 'posted' and m.withdrawn_at is null and m.sender_persona_id <> j.persona_id and o.opened_at is null),
      count(*) filter (where m.sender_persona_id = j.persona_id), count(o.opened_at), max(o.opened_at),
      (select max(d.at) from activities d where d.organisation_id = ${organisationId} and d.conversation_id = ${conversationId}
        and d.kind = 'attachment-downloaded' and d.persona_id = j.persona_id and ${visibleFrom} = 1)
    from unnest(${ids}::uuid[]) as j (persona_id)
    left join messages m on m.organisation_id = ${organisationId} and m.conversation_id = ${conversationId} and m.position >= ${visibleFrom}
    left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = j.persona_id
    group by j.persona_id`.execute(db);
  // In persona order, as everywhere totals are locked.
  await sql`
    insert into inbox_totals (persona_id, conversations, unread)
    select persona_id, 1, unread_count from inboxes where persona_id = any(${ids}::uuid[]) and conversation_id = ${conversationId} order by persona_id
    on conflict (persona_id) do update set conversations = inbox_totals.conversations + 1, unread = inbox_totals.unread + excluded.unread`.execute(db);
}

type Leaving = Key & { personaId: string; at: Date /** The address was a mistake. */; corrected: boolean };

/** This persona takes part no more: its inbox and what waited in it go, what it did stays. */
export async function updateRemoved(db: Database, leaving: Leaving): Promise<void> {
  const { organisationId, conversationId, personaId, at } = leaving;
  await db
    .updateTable('participations')
    .set({ removed_at: at, ...(leaving.corrected ? { corrected_at: at } : {}) })
    .where('organisation_id', '=', organisationId)
    .where('conversation_id', '=', conversationId)
    .where('persona_id', '=', personaId)
    .execute();
  await sql`
    with gone as (
      delete from inboxes where persona_id = ${personaId} and conversation_id = ${conversationId} returning persona_id, unread_count
    )
    update inbox_totals t set conversations = greatest(0, t.conversations - 1), unread = greatest(0, t.unread - gone.unread_count)
    from gone where t.persona_id = gone.persona_id`.execute(db);
}

/** Whether this persona takes part in a conversation, or did. */
export async function hasTakenPart(db: Database, of: { conversationId: string; personaId: string }): Promise<boolean> {
  if (!z.uuid().safeParse(of.conversationId).success) return false;
  const row = await db
    .selectFrom('participations')
    .select('persona_id')
    .where('persona_id', '=', of.personaId)
    .where('conversation_id', '=', of.conversationId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Since when this persona wants no notice; the first time counts. */
export async function updateMuted(db: Database, muted: { conversationId: string; personaId: string; at: Date | null }): Promise<void> {
  await db
    .updateTable('inboxes')
    .set((row) => ({ muted_at: muted.at && row.fn.coalesce('muted_at', row.val(muted.at)) }))
    .where('persona_id', '=', muted.personaId)
    .where('conversation_id', '=', muted.conversationId)
    .execute();
}

/** Whether this persona ever opened a message of the conversation or wrote one, also when it took part before. */
export async function hasBeenUsed(db: Database, key: Key, personaId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (
      select from messages m
      left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = ${personaId}
      where m.organisation_id = ${key.organisationId} and m.conversation_id = ${key.conversationId}
        and (o.opened_at is not null or m.sender_persona_id = ${personaId})
    ) as used`.execute(db);
  return rows[0]?.used ?? false;
}

/** Two totals change in one transaction: both are locked first, in persona order, as everywhere. */
export async function lockTotals(db: Database, personaIds: readonly string[]): Promise<void> {
  await sql`select persona_id from inbox_totals where persona_id = any(${[...personaIds]}::uuid[]) order by persona_id for update`.execute(db);
}

/** How one person follows the conversation, from counters the verbs keep. */
export type FollowingRow = {
  personaId: string;
  addedAt: Date;
  displayed: boolean;
  /** Messages of others that they may see. */
  received: number;
  sent: number;
  opened: number;
  unread: number;
  lastOpenedAt: Date | undefined;
  lastDownloadedAt: Date | undefined;
};

type RawFollowing = {
  persona_id: string;
  added_at: Date;
  displayed: boolean;
  received: number;
  sent_count: number;
  opened_count: number;
  unread_count: number;
  last_opened_at: Date | null;
  last_downloaded_at: Date | null;
};

/** Of everybody who takes part, by index and without counting: some hundred people at most (S-11). */
export async function listFollowing(db: Database, key: Key, now: Date): Promise<FollowingRow[]> {
  const rows = await run<RawFollowing>(db, followingText, [key.organisationId, key.conversationId, now]);
  return rows.map((row) => ({
    personaId: row.persona_id,
    addedAt: row.added_at,
    displayed: row.displayed,
    received: row.received,
    sent: row.sent_count,
    opened: row.opened_count,
    unread: row.unread_count,
    lastOpenedAt: row.last_opened_at ?? undefined,
    lastDownloadedAt: row.last_downloaded_at ?? undefined,
  }));
}

const followingText = `
    select i.persona_id, p.added_at, i.displayed_at is not null as displayed,
      greatest(0, c.message_count - p.visible_from + 1 - i.sent_count) as received,
      i.sent_count, i.opened_count, i.unread_count, i.last_opened_at, i.last_downloaded_at
    from ${takingPart('$3')}
    join conversations c on c.organisation_id = p.organisation_id and c.id = p.conversation_id
    where p.organisation_id = $1 and p.conversation_id = $2
    order by i.persona_id
    limit 500`;
