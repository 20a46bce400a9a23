import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import { conversationLimits } from '#shared/conversations.ts';
import {
  type ConversationRow,
  doorText,
  type PersonRow,
  peopleText,
  type RawConversation,
  type RawPerson,
  type Reader,
  toConversation,
  toPerson,
} from './queries.ts';
import { linesText, type RawThreadLine, type ThreadLineRow, toThreadLine } from './thread-line-queries.ts';

export type ThreadRow = {
  id: string;
  position: number;
  state: 'posted' | 'withdrawn' | 'expired';
  senderPersonaId: string;
  senderAddress: string;
  senderName: string | undefined;
  sentAt: Date;
  expiresAt: Date;
  withdrawnAt: Date | undefined;
  openedAt: Date | undefined;
  keyDay: string;
  body: Buffer | undefined;
  wrappedKey: Buffer | undefined;
  fileCount: number;
};

/** The messages from one number to another, oldest first, the lines among them, and who takes part. */
export type Window = { messages: ThreadRow[]; people: PersonRow[]; lines: ThreadLineRow[] };

/** A window that was read with the door, and its numbers. */
export type WindowAtDoor = Window & { first: number; last: number };

type RawWindow = { messages: RawThread[] | null; people: RawPerson[] | null; lines: RawThreadLine[] | null };

/** As JSON gives it: one value rather than a row of fourteen columns a message. */
type RawThread = {
  id: string;
  position: number;
  state: ThreadRow['state'];
  sender_persona_id: string;
  address: string;
  display_name: string | null;
  sent_at: string;
  expires_at: string;
  withdrawn_at: string | null;
  opened_at: string | null;
  key_day: string;
  body: string | null;
  wrapped_key: string | null;
  file_count: number;
};

/** Names of columns or parameters. */
type WindowOf = Record<'organisation' | 'conversation' | 'persona' | 'visibleFrom' | 'first' | 'last' | 'now', string>;

/** What happened before the first message one may see stands above it. */
const windowColumns = ({ visibleFrom, first, ...of }: WindowOf) => `
    (select json_agg(m) from (
      select m.id, m.position, m.state, m.sender_persona_id, sender.address, profile.display_name, m.sent_at, m.expires_at,
        m.withdrawn_at, o.opened_at, m.key_day, encode(m.body, 'hex') as body, encode(m.wrapped_key, 'hex') as wrapped_key, m.file_count
      from messages m
      join personas sender on sender.id = m.sender_persona_id
      left join profiles profile on profile.id = sender.profile_id
      left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = ${of.persona}
      where m.organisation_id = ${of.organisation} and m.conversation_id = ${of.conversation}
        and m.position >= greatest(${first}, ${visibleFrom}) and m.position <= ${of.last}
      order by m.position
    ) m) as messages,
    (select json_agg(p) from (${peopleText(of)}) p) as people,
    (select json_agg(line) from (
      ${linesText({ ...of, first: `case when ${first} <= ${visibleFrom} then ${visibleFrom} - 1 else ${first} end` })}
    ) line) as lines`;

/** One window for whoever has passed the door: one round trip. */
export async function listWindow(db: Database, reader: Reader, window: { first: number; last: number; now: Date }): Promise<Window> {
  const values = [reader.organisationId, reader.id, reader.personaId, reader.visibleFrom, window.first, window.last, window.now];
  const [row] = await run<RawWindow>(db, windowText, values);
  return toWindow(row);
}

const windowText = `select ${windowColumns({
  organisation: '$1::uuid',
  conversation: '$2::uuid',
  persona: '$3::uuid',
  visibleFrom: '$4::int',
  first: '$5::int',
  last: '$6::int',
  now: '$7::timestamptz',
})}`;

type Asked = { conversationId: string; personaIds: readonly string[]; window: number | undefined; now: Date };

/**
 * The door of a conversation, and what its page shows behind it when it opens for one persona alone: one round trip for the page that is asked
 * for most. Which window that is follows the rule of `readThread`, which takes nothing else than what it would have asked for.
 */
export async function listConversationToRead(db: Database, asked: Asked): Promise<{ rows: ConversationRow[]; window: WindowAtDoor | undefined }> {
  type Raw = RawConversation & RawWindow & { doors: number; first_read: number; last_read: number };
  const found = await run<Raw>(db, doorAndWindowText, [asked.personaIds, asked.conversationId, asked.now, asked.window ?? null]);
  const [row] = found;
  const window = row && found.length === 1 ? { ...toWindow(row), first: row.first_read, last: row.last_read } : undefined;
  return { rows: found.map(toConversation), window };
}

const size = conversationLimits.window;

const doorAndWindowText = `
    with door as materialized (select found.*, count(*) over () as doors from (${doorText}) found)
    select door.*, spread.first_read, spread.last_read, seen.messages, seen.people, seen.lines
    from door
    cross join lateral (select greatest(0, message_count - visible_from + 1) as total) visible
    cross join lateral (
      select least(
        greatest(1, coalesce($4::int, (message_count - oldest_unopened + ${size}) / ${size}, 1)),
        greatest(1, (total + ${size - 1}) / ${size})
      ) as index
    ) chosen
    cross join lateral (
      select greatest(1, total - index * ${size} + 1) + visible_from - 1 as first_read, total - (index - 1) * ${size} + visible_from - 1 as last_read
    ) spread
    left join lateral (select ${windowColumns({
      organisation: 'door.organisation_id',
      conversation: 'door.id',
      persona: 'door.persona_id',
      visibleFrom: 'door.visible_from',
      first: 'spread.first_read',
      last: 'spread.last_read',
      now: '$3',
    })}) seen on door.doors = 1`;

function toWindow(row: RawWindow | undefined): Window {
  return { messages: (row?.messages ?? []).map(toThreadRow), people: (row?.people ?? []).map(toPerson), lines: (row?.lines ?? []).map(toThreadLine) };
}

function toThreadRow(row: RawThread): ThreadRow {
  return {
    id: row.id,
    position: row.position,
    state: row.state,
    senderPersonaId: row.sender_persona_id,
    senderAddress: row.address,
    senderName: row.display_name ?? undefined,
    sentAt: new Date(row.sent_at),
    expiresAt: new Date(row.expires_at),
    withdrawnAt: instant(row.withdrawn_at),
    openedAt: instant(row.opened_at),
    keyDay: row.key_day,
    body: bytes(row.body),
    wrappedKey: bytes(row.wrapped_key),
    fileCount: row.file_count,
  };
}

function instant(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}

function bytes(text: string | null): Buffer | undefined {
  return text === null ? undefined : Buffer.from(text, 'hex');
}
