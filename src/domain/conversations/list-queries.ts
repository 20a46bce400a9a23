import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import { pageSizes } from '#shared/conversations.ts';
import type { ConversationStatus } from './queries.ts';
import { reading, takingPart } from './taking-part-queries.ts';

export type ListOrder = 'newest' | 'oldest';

/** A run of inbox rows counted from one end of the order. */
export type Slice = {
  personaId: string;
  order: ListOrder;
  offset: number;
  limit: number;
  now: Date;
  /** Some of its rows are closed to whoever asks (`readable_totals`). */
  partly: boolean;
};

export type ListRow = {
  id: string;
  organisationId: string;
  holderPersonaId: string;
  holderAddress: string;
  holderActive: boolean;
  organisationName: string;
  zone: string;
  status: ConversationStatus;
  unreadCount: number;
  displayedAt: Date | undefined;
  mutedAt: Date | undefined;
  lastActivityAt: Date;
  lastExpiresAt: Date;
  titleSealed: Buffer | undefined;
  wrappedKey: Buffer | undefined;
  keyDay: string;
};

type RawListRow = {
  id: string;
  organisation_id: string;
  holder_persona_id: string;
  holder_address: string;
  holder_active: boolean;
  organisation_name: string;
  time_zone: string;
  status: ConversationStatus;
  unread_count: number;
  displayed_at: Date | null;
  muted_at: Date | null;
  last_activity_at: Date;
  last_expires_at: Date;
  title: Buffer | null;
  wrapped_key: Buffer | null;
  key_day: string;
};

/**
 * One page of an inbox. The skip reads the index alone; what a row shows is fetched for its 10 to 30 rows only.
 * Two statements, so that each is a plain forward or backward scan of `inboxes_by_date` under a generic plan. Where rows are closed they are
 * left out before the skip, which then reads whom it skips; a part that has run out and waits for its sweep is left out after it.
 */
export async function listInbox(db: Database, slice: Slice): Promise<ListRow[]> {
  const rows = await run<RawListRow>(db, (slice.partly ? partlyTexts : inboxTexts)[slice.order], [slice.personaId, slice.limit, slice.offset, slice.now]);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    holderPersonaId: row.holder_persona_id,
    holderAddress: row.holder_address,
    holderActive: row.holder_active,
    organisationName: row.organisation_name,
    zone: row.time_zone,
    status: row.status,
    unreadCount: row.unread_count,
    displayedAt: row.displayed_at ?? undefined,
    mutedAt: row.muted_at ?? undefined,
    lastActivityAt: row.last_activity_at,
    lastExpiresAt: row.last_expires_at,
    titleSealed: row.title ?? undefined,
    wrappedKey: row.wrapped_key ?? undefined,
    keyDay: row.key_day,
  }));
}

/** Said in the text as well: of a limit that is a value, the planner knows nothing, and takes a tenth of the inbox for a page. */
const pageLimit = Math.max(...pageSizes);

/** Whoever no organisation has closed anything to is spared the question, row by row. */
const whole = { slice: 'inboxes i where i', row: takingPart('$4') };
const partly = { slice: `${reading('$4')} where p`, row: reading('$4') };
const inboxTexts = { newest: inboxText('desc', whole), oldest: inboxText('asc', whole) } as const satisfies Record<ListOrder, string>;
const partlyTexts = { newest: inboxText('desc', partly), oldest: inboxText('asc', partly) } as const satisfies Record<ListOrder, string>;

function inboxText(direction: 'asc' | 'desc', mine: typeof whole): string {
  return `
    with page as materialized (
      select * from (
        select i.conversation_id, i.last_activity_at from ${mine.slice}.persona_id = $1
        order by i.last_activity_at ${direction}, i.conversation_id ${direction}
        limit $2 offset $3
      ) slice
      limit ${pageLimit}
    )
    select c.id, c.organisation_id, c.holder_persona_id, holder.address as holder_address, coalesce(m.status = 'active' and profile.status = 'active', false) as holder_active,
      o.name as organisation_name, o.time_zone, c.status, i.unread_count, i.displayed_at, i.muted_at, i.last_activity_at, c.last_expires_at,
      c.title, c.wrapped_key, c.key_day
    from page
    cross join lateral (select i.* from ${mine.row} where p.persona_id = $1 and p.conversation_id = page.conversation_id) i
    join conversations c on c.organisation_id = i.organisation_id and c.id = i.conversation_id
    join organisations o on o.id = c.organisation_id
    join personas holder on holder.id = c.holder_persona_id
    left join profiles profile on profile.id = holder.profile_id
    left join memberships m on m.organisation_id = c.organisation_id and m.persona_id = c.holder_persona_id and m.role = 'collaborator'
    order by page.last_activity_at ${direction}, page.conversation_id ${direction}`;
}

export type Totals = { personaId: string; conversations: number; unread: number; partly: boolean };

export async function listTotals(db: Database, personaIds: readonly string[]): Promise<Totals[]> {
  type Row = { persona_id: string; conversations: number; unread: number; partly: boolean };
  const rows = await run<Row>(db, 'select persona_id, conversations, unread, partly from readable_totals where persona_id = any($1::uuid[])', [personaIds]);
  return rows.map((row) => ({ personaId: row.persona_id, conversations: row.conversations, unread: row.unread, partly: row.partly }));
}
