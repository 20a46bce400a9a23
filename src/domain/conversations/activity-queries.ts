import { sql } from 'kysely';
import type { Database } from '#context';
import type { LinePlace } from './queries.ts';

export type ActivityOrder = { by: 'name' | 'activity' | 'date'; descending: boolean };

export type ActivityRow = {
  id: string;
  at: Date;
  kind: string;
  name: string | undefined;
  address: string | undefined;
  subjectAddress: string | undefined;
  /** The address was a mistake, corrected since: it is not to be shown whole. */
  subjectCorrected: boolean;
  messageId: string | undefined;
  messagePosition: number | undefined;
  attachmentId: string | undefined;
  /** Where an expiry was moved to. */
  expiresAt: Date | undefined;
};

type ActivityPage = {
  organisationId: string;
  conversationId: string;
  visibleFrom: number;
  visibleSince: LinePlace | undefined;
  collaborator: boolean;
  order: ActivityOrder;
  limit: number;
  offset: number;
};

/**
 * One page of the lines a persona may see; what a newcomer is not to know of the past is left out (000-C2). Each order follows an index, and
 * reads the lines before its page and on it, never the whole history; by name, as many of each person.
 */
export async function listActivityRows(db: Database, page: ActivityPage): Promise<ActivityRow[]> {
  const direction = page.order.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<RawActivity>`
    select a.id, a.at, a.kind, profile.display_name, persona.address, subject.address as subject_address,
      mistaken.persona_id is not null as subject_corrected, a.message_id, a.position, a.attachment_id, a.expires_at
    from (${page.order.by === 'name' ? linesByName(page) : linesInOrder(page)}) a
    left join personas persona on persona.id = a.persona_id
    left join profiles profile on profile.id = persona.profile_id
    left join personas subject on subject.id = a.subject_persona_id
    left join participations mistaken on mistaken.organisation_id = a.organisation_id and mistaken.conversation_id = a.conversation_id
      and mistaken.persona_id = a.subject_persona_id and mistaken.corrected_at is not null
    order by ${sql.raw(sortKeys[page.order.by])} ${direction}, a.at ${direction}, a.id ${direction}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    name: row.display_name ?? undefined,
    address: row.address ?? undefined,
    subjectAddress: row.subject_address ?? undefined,
    subjectCorrected: row.subject_corrected,
    messageId: row.message_id ?? undefined,
    messagePosition: row.position ?? undefined,
    attachmentId: row.attachment_id ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  }));
}

type RawActivity = {
  id: string;
  at: Date;
  kind: string;
  display_name: string | null;
  address: string | null;
  subject_address: string | null;
  subject_corrected: boolean;
  message_id: string | null;
  position: number | null;
  attachment_id: string | null;
  expires_at: Date | null;
};

const sortKeys = { name: 'a.name', activity: 'a.kind', date: 'a.at' } as const satisfies Record<ActivityOrder['by'], string>;
const lineColumns = sql`a.organisation_id, a.conversation_id, a.id, a.at, a.kind, a.persona_id, a.subject_persona_id, a.message_id, a.attachment_id, a.expires_at, m.position`;

/** By date and by kind: a range of one index, from where the page begins. */
function linesInOrder(page: ActivityPage) {
  const direction = page.order.descending ? sql`desc` : sql`asc`;
  const first = page.order.by === 'activity' ? sql`a.kind ${direction},` : sql``;
  return sql`
    select ${lineColumns} ${visibleActivities(page)}
    order by ${first} a.at ${direction}, a.id ${direction}
    limit ${page.limit} offset ${page.offset}`;
}

/** What Pli did itself, under the id of nobody. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** By name: of whoever takes part, or did, as many lines as could be on the page or before it. Everybody who did something is among them. */
function linesByName(page: ActivityPage) {
  const direction = page.order.descending ? sql`desc` : sql`asc`;
  const { organisationId, conversationId, limit, offset } = page;
  return sql`
    select a.*, who.name
    from (
      select p.persona_id as id, lower(coalesce(profiles.display_name, personas.address)) as name
      from participations p join personas on personas.id = p.persona_id left join profiles on profiles.id = personas.profile_id
      where p.organisation_id = ${organisationId} and p.conversation_id = ${conversationId}
      union all select ${nobody}::uuid, ''
    ) who
    cross join lateral (
      select ${lineColumns} ${visibleActivities(page)} and coalesce(a.persona_id, ${sql.lit(nobody)}::uuid) = who.id
      order by a.at ${direction}, a.id ${direction}
      limit ${limit + offset}
    ) a
    order by who.name ${direction}, a.at ${direction}, a.id ${direction}
    limit ${limit} offset ${offset}`;
}

/** How many lines a persona may see, up to `most`. */
export async function countActivities(db: Database, page: Omit<ActivityPage, 'order' | 'limit' | 'offset'>, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (select a.id ${visibleActivities(page)} limit ${most}) counted`.execute(db);
  return rows[0]?.count ?? 0;
}

/** A line about a message follows its message; any other, its place in the order of the lines. */
function visibleActivities(page: Omit<ActivityPage, 'order' | 'limit' | 'offset'>) {
  const since = page.visibleSince;
  const visible = since
    ? sql`case when m.position is null then (a.at, a.id) >= (${since.at}::timestamptz, ${since.id}::uuid) else m.position >= ${page.visibleFrom} end`
    : page.visibleFrom > 1
      ? sql`(m.position is null or m.position >= ${page.visibleFrom})`
      : sql`true`;
  return sql`
    from activities a
    left join messages m on m.organisation_id = a.organisation_id and m.id = a.message_id
    where a.organisation_id = ${page.organisationId} and a.conversation_id = ${page.conversationId}
      and (a.audience = 'everyone' or ${page.collaborator})
      and ${visible}`;
}
