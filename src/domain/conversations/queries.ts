import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import { isClosed, reading, takingPart } from './taking-part-queries.ts';

export type ConversationStatus = 'open' | 'closed' | 'expired';

/** A line of the activities, by its place in their order. */
export type LinePlace = { at: Date; id: string };

export type ConversationRow = {
  id: string;
  organisationId: string;
  organisationName: string;
  zone: string;
  personaId: string;
  personaAddress: string;
  role: 'holder' | 'collaborator' | 'participant';
  visibleFrom: number;
  /** For somebody added without the past, the first line of the activities they may read. */
  visibleSince: LinePlace | undefined;
  holderPersonaId: string;
  holderAddress: string;
  holderName: string | undefined;
  holderActive: boolean;
  status: ConversationStatus;
  messageCount: number;
  unreadCount: number;
  oldestUnopened: number | undefined;
  displayedAt: Date | undefined;
  /** «En sourdine»: since when this persona wants no notice. */
  mutedAt: Date | undefined;
  expiryDays: number | undefined;
  lastExpiresAt: Date;
  titleSealed: Buffer | undefined;
  wrappedKey: Buffer | undefined;
  keyDay: string;
};

export type RawConversation = {
  id: string;
  organisation_id: string;
  organisation_name: string;
  time_zone: string;
  persona_id: string;
  persona_address: string;
  role: ConversationRow['role'];
  visible_from: number;
  visible_since: Date;
  first_activity_id: string | null;
  holder_persona_id: string;
  holder_address: string;
  holder_name: string | null;
  holder_active: boolean;
  status: ConversationStatus;
  message_count: number;
  unread_count: number;
  oldest_unopened: number | null;
  displayed_at: Date | null;
  muted_at: Date | null;
  expiry_days: number | null;
  last_expires_at: Date;
  title: Buffer | null;
  wrapped_key: Buffer | null;
  key_day: string;
};

/** The conversation as each of the personas that take part in it now, oldest participation first; at most one row a persona. */
export async function listAccessibleConversation(
  db: Database,
  asked: { conversationId: string; personaIds: readonly string[]; now: Date },
): Promise<ConversationRow[]> {
  const rows = await run<RawConversation>(db, doorText, [asked.personaIds, asked.conversationId, asked.now]);
  return rows.map(toConversation);
}

export const doorText = `
    select c.id, c.organisation_id, o.name as organisation_name, o.time_zone, p.persona_id, reader.address as persona_address, p.role,
      p.visible_from, coalesce(p.visible_since, p.added_at) as visible_since, p.first_activity_id, c.holder_persona_id, holder.address as holder_address, profile.display_name as holder_name,
      coalesce(m.status = 'active' and profile.status = 'active', false) as holder_active,
      c.status, c.message_count, i.unread_count, i.oldest_unopened, i.displayed_at, i.muted_at,
      coalesce(c.expiry_days, o.expiry_days) as expiry_days, c.last_expires_at, c.title, c.wrapped_key, c.key_day
    from ${reading('$3')}
    join conversations c on c.organisation_id = p.organisation_id and c.id = p.conversation_id
    join organisations o on o.id = c.organisation_id
    join personas reader on reader.id = p.persona_id
    join personas holder on holder.id = c.holder_persona_id
    left join profiles profile on profile.id = holder.profile_id
    left join memberships m on m.organisation_id = c.organisation_id and m.persona_id = c.holder_persona_id and m.role = 'collaborator'
    where p.persona_id = any($1::uuid[]) and p.conversation_id = $2
    order by p.added_at, p.persona_id`;

/** Several conversations, each as each of the personas that take part in it. */
export async function listAccessibleConversations(
  db: Database,
  asked: { conversationIds: readonly string[]; personaIds: readonly string[]; now: Date },
): Promise<ConversationRow[]> {
  const rows = await run<RawConversation>(db, doorsText, [asked.personaIds, asked.conversationIds, asked.now]);
  return rows.map(toConversation);
}

const doorsText = doorText.replace('p.conversation_id = $2', 'p.conversation_id = any($2::uuid[])');

/** Before every id: all the lines of that instant. */
const firstId = '00000000-0000-0000-0000-000000000000';

export function toConversation(row: RawConversation): ConversationRow {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    zone: row.time_zone,
    personaId: row.persona_id,
    personaAddress: row.persona_address,
    role: row.role,
    visibleFrom: row.visible_from,
    visibleSince: row.visible_from > 1 ? { at: row.visible_since, id: row.first_activity_id ?? firstId } : undefined,
    holderPersonaId: row.holder_persona_id,
    holderAddress: row.holder_address,
    holderName: row.holder_name ?? undefined,
    holderActive: row.holder_active,
    status: row.status,
    messageCount: row.message_count,
    unreadCount: row.unread_count,
    oldestUnopened: row.oldest_unopened ?? undefined,
    displayedAt: row.displayed_at ?? undefined,
    mutedAt: row.muted_at ?? undefined,
    expiryDays: row.expiry_days ?? undefined,
    lastExpiresAt: row.last_expires_at,
    titleSealed: row.title ?? undefined,
    wrappedKey: row.wrapped_key ?? undefined,
    keyDay: row.key_day,
  };
}

/** What opens a conversation's title. */
export async function findSealedTitle(db: Database, of: { organisationId: string; conversationId: string }) {
  const row = await db
    .selectFrom('conversations')
    .select(['id', 'title', 'wrapped_key', 'key_day', 'last_expires_at'])
    .where('organisation_id', '=', of.organisationId)
    .where('id', '=', of.conversationId)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      titleSealed: row.title ?? undefined,
      wrappedKey: row.wrapped_key ?? undefined,
      keyDay: row.key_day,
      lastExpiresAt: row.last_expires_at,
    }
  );
}

export type Reader = { organisationId: string; id: string; personaId: string; visibleFrom: number };

export type MessageDoorRow = {
  id: string;
  position: number;
  mine: boolean;
  openedAt: Date | undefined;
  expiresAt: Date;
  /** Since then it is closed to those who had not opened it. */
  withdrawnAt: Date | undefined;
  keyDay: string;
  wrappedKey: Buffer | undefined;
};

/**
 * Of these messages, those that the persona may read of at this very moment: what was true at the conversation's door may have changed since.
 * In one query: a page of activities names the files of many.
 */
export async function listAccessibleMessages(db: Database, reader: Reader, asked: { messageIds: readonly string[]; now: Date }): Promise<MessageDoorRow[]> {
  const rows = await run<RawMessageDoor>(db, messageDoorText, [reader.organisationId, reader.id, reader.personaId, asked.messageIds, asked.now]);
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    mine: row.sender_persona_id === reader.personaId,
    openedAt: row.opened_at ?? undefined,
    expiresAt: row.expires_at,
    withdrawnAt: row.withdrawn_at ?? undefined,
    keyDay: row.key_day,
    wrappedKey: row.wrapped_key ?? undefined,
  }));
}

type RawMessageDoor = {
  id: string;
  position: number;
  sender_persona_id: string;
  expires_at: Date;
  withdrawn_at: Date | null;
  key_day: string;
  wrapped_key: Buffer | null;
  opened_at: Date | null;
};

const messageDoorText = `
    select m.id, m.position, m.sender_persona_id, m.expires_at, m.withdrawn_at, m.key_day, m.wrapped_key, o.opened_at
    from ${reading('$5')}
    join messages m on m.organisation_id = p.organisation_id and m.conversation_id = p.conversation_id and m.position >= p.visible_from
    left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = p.persona_id
    where p.organisation_id = $1 and p.conversation_id = $2 and p.persona_id = $3 and m.id = any($4::uuid[])`;

/** Who takes part now, the holder first, in a conversation of an organisation: names of columns or parameters. */
export const peopleText = ({ organisation, conversation, now }: { organisation: string; conversation: string; now: string }) => `
    select p.persona_id, persona.address, profile.display_name, p.role, p.visible_from > 1 as without_past,
      case when profile.id is null then 'without-account' when profile.status = 'active' and persona.closed_at is null and not ${isClosed} then 'now' else 'suspended' end as reads
    from ${takingPart(now)}
    join personas persona on persona.id = p.persona_id
    left join profiles profile on profile.id = persona.profile_id
    where p.organisation_id = ${organisation} and p.conversation_id = ${conversation}
    order by p.role <> 'holder', p.added_at, persona.address
    limit 500`;

const peopleOfText = peopleText({ organisation: '$1', conversation: '$2', now: '$3' });

export type PersonRow = {
  personaId: string;
  address: string;
  name: string | undefined;
  role: ConversationRow['role'];
  /** Sees what came since they were added, and nothing from before (000-C2). */
  withoutPast: boolean;
  /** Whether they can sign in and read at this moment: not before they have an account, and not while it is suspended. */
  reads: 'now' | 'without-account' | 'suspended';
};

/** Who takes part now, the holder first. A conversation has at most some hundred people (S-11). */
export async function listPeople(db: Database, conversation: { organisationId: string; id: string }, now: Date): Promise<PersonRow[]> {
  const rows = await run<RawPerson>(db, peopleOfText, [conversation.organisationId, conversation.id, now]);
  return rows.map(toPerson);
}

export type RawPerson = {
  persona_id: string;
  address: string;
  display_name: string | null;
  role: PersonRow['role'];
  without_past: boolean;
  reads: PersonRow['reads'];
};

export function toPerson(row: RawPerson): PersonRow {
  return {
    personaId: row.persona_id,
    address: row.address,
    name: row.display_name ?? undefined,
    role: row.role,
    withoutPast: row.without_past,
    reads: row.reads,
  };
}
