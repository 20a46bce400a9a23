import { sql } from 'kysely';
import type { Database } from '#context';
import { addToUnreadTotals } from './write-queries.ts';

type Key = { organisationId: string; conversationId: string };

/** What a persona holds, 200 at a time; `after` is the last of those already seen. */
export async function listHeld(db: Database, held: { organisationId: string; personaId: string; after: string | undefined }): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('organisation_id', '=', held.organisationId)
    .where('holder_persona_id', '=', held.personaId)
    .$if(held.after !== undefined, (conversations) => conversations.where('id', '>', held.after ?? ''))
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map((row) => row.id);
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

type Joining = Key & {
  personaId: string;
  role: 'holder' | 'collaborator';
  /** The number of the first message they may see, unless they take part already. */
  visibleFrom: number;
  at: Date;
  delegation?: { id: string; endsAt: Date };
};

/**
 * Makes a persona take part, under this role. Somebody who takes part already keeps what they see; somebody who had left does not find it
 * again. A delegate who becomes the holder is one no more. The conversation's row is locked.
 */
export async function upsertParticipation(db: Database, joining: Joining): Promise<void> {
  const { organisationId, conversationId, personaId, at } = joining;
  const gone = sql<boolean>`participations.removed_at is not null`;
  await db
    .insertInto('participations')
    .values({
      organisation_id: organisationId,
      conversation_id: conversationId,
      persona_id: personaId,
      role: joining.role,
      visible_from: joining.visibleFrom,
      added_at: at,
      delegation_id: joining.delegation?.id ?? null,
      ends_at: joining.delegation?.endsAt ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'conversation_id', 'persona_id']).doUpdateSet({
        role: joining.role,
        removed_at: null,
        delegation_id: joining.delegation?.id ?? null,
        ends_at: joining.delegation?.endsAt ?? null,
        visible_from: sql`case when ${gone} then excluded.visible_from else participations.visible_from end`,
        added_at: sql`case when ${gone} then excluded.added_at else participations.added_at end`,
      }),
    )
    .execute();
  const inbox = { persona_id: personaId, conversation_id: conversationId, organisation_id: organisationId, last_activity_at: at };
  const added = await db
    .insertInto('inboxes')
    .values(inbox)
    .onConflict((conflict) => conflict.doNothing())
    .returning('persona_id')
    .executeTakeFirst();
  if (!added) return;
  await db
    .insertInto('inbox_totals')
    .values({ persona_id: personaId, conversations: 1 })
    .onConflict((conflict) => conflict.column('persona_id').doUpdateSet({ conversations: sql`inbox_totals.conversations + 1` }))
    .execute();
}

/** Whoever takes part sees the conversation from its first message on: envelopes they never opened count as unread from now on. */
export async function updateSeesPast(db: Database, key: Key & { personaId: string }): Promise<void> {
  const { organisationId, conversationId, personaId } = key;
  await db
    .updateTable('participations')
    .set({ visible_from: 1 })
    .where('organisation_id', '=', organisationId)
    .where('conversation_id', '=', conversationId)
    .where('persona_id', '=', personaId)
    .execute();
  const { rows } = await sql<{ by: number }>`
    with before as (
      select unread_count from inboxes where persona_id = ${personaId} and conversation_id = ${conversationId}
    ), sealed as (
      select count(*)::int as unread, min(m.position) as oldest from messages m
      where m.organisation_id = ${organisationId} and m.conversation_id = ${conversationId} and m.state = 'posted' and m.withdrawn_at is null
        and m.sender_persona_id <> ${personaId}
        and not exists (select from openings o where o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = ${personaId})
    )
    update inboxes i set unread_count = sealed.unread, oldest_unopened = sealed.oldest from sealed, before
    where i.persona_id = ${personaId} and i.conversation_id = ${conversationId}
    returning sealed.unread - before.unread_count as by`.execute(db);
  const by = rows[0]?.by ?? 0;
  if (by !== 0) await addToUnreadTotals(db, [{ personaId, by }]);
}
