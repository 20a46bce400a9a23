import { sql } from 'kysely';
import type { Database } from '#context';
import type { LinePlace } from './queries.ts';
import { addToUnreadTotals } from './write-queries.ts';

type Key = { organisationId: string; conversationId: string };

type Held = { organisationId: string; personaId: string };

/** What a persona holds, at most `most`. */
export async function listHeld(db: Database, held: Held & { most: number }): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('organisation_id', '=', held.organisationId)
    .where('holder_persona_id', '=', held.personaId)
    .orderBy('id')
    .limit(held.most)
    .execute();
  return rows.map((row) => row.id);
}

/** Read whole: for an act, never for a page. */
export async function countHeld(db: Database, held: Held): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversations
    where organisation_id = ${held.organisationId} and holder_persona_id = ${held.personaId}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function updateHolder(db: Database, key: Key, holders: { from: string; to: string }): Promise<void> {
  await db
    .updateTable('conversations')
    .set({ holder_persona_id: holders.to })
    .where('organisation_id', '=', key.organisationId)
    .where('id', '=', key.conversationId)
    .execute();
  await db
    .updateTable('participations')
    .set({ role: 'collaborator' })
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('persona_id', '=', holders.from)
    .execute();
}

type Part = Key & { personaId: string; role: 'holder' | 'collaborator'; delegation?: { id: string; endsAt: Date } };

/** The part somebody has who takes part already; a delegate who becomes the holder is one no more. */
export async function updatePart(db: Database, part: Part): Promise<void> {
  await db
    .updateTable('participations')
    .set({ role: part.role, delegation_id: part.delegation?.id ?? null, ends_at: part.delegation?.endsAt ?? null })
    .where('organisation_id', '=', part.organisationId)
    .where('conversation_id', '=', part.conversationId)
    .where('persona_id', '=', part.personaId)
    .execute();
}

export async function updateRole(
  db: Database,
  { organisationId, conversationId, personaId, role }: Key & { personaId: string; role: 'collaborator' | 'participant' },
): Promise<void> {
  await db
    .updateTable('participations')
    .set({ role })
    .where('organisation_id', '=', organisationId)
    .where('conversation_id', '=', conversationId)
    .where('persona_id', '=', personaId)
    .execute();
}

type Sight = Key & { personaId: string; from: number; since: LinePlace | undefined };

/** Whoever takes part sees the conversation from this message on: envelopes they never opened count as unread from now on. */
export async function updateSees(db: Database, { organisationId, conversationId, personaId, from, since }: Sight): Promise<void> {
  await db
    .updateTable('participations')
    .set({ visible_from: from, visible_since: since?.at ?? null, first_activity_id: since?.id ?? null })
    .where('organisation_id', '=', organisationId)
    .where('conversation_id', '=', conversationId)
    .where('persona_id', '=', personaId)
    .execute();
  const { rows } = await sql<{ by: number }>`
    with before as (
      select unread_count from inboxes where persona_id = ${personaId} and conversation_id = ${conversationId}
    ), sealed as (
      select count(*)::int as unread, min(m.position) as oldest from messages m
      where m.organisation_id = ${organisationId} and m.conversation_id = ${conversationId} and m.position >= ${from}
        and m.state = 'posted' and m.withdrawn_at is null and m.sender_persona_id <> ${personaId}
        and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = ${personaId})
    )
    update inboxes i set unread_count = sealed.unread, oldest_unopened = sealed.oldest from sealed, before
    where i.persona_id = ${personaId} and i.conversation_id = ${conversationId}
    returning sealed.unread - before.unread_count as by`.execute(db);
  const by = rows[0]?.by ?? 0;
  if (by !== 0) await addToUnreadTotals(db, [{ personaId, by }]);
}
