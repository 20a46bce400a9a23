import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';

/**
 * Who takes part, and nobody else: the one rule from which the door, the lists of people, «Qui peut lire ceci?», reminders and notices are
 * made. A participation `p` that nobody ended and that has not run out at `now` (a parameter), with its inbox `i`; administrators, other
 * collaborators and former participants have none.
 */
export const takingPart = (now: string) => `
    participations p
    join inboxes i on i.persona_id = p.persona_id and i.conversation_id = p.conversation_id
      and p.removed_at is null and (p.ends_at is null or p.ends_at > ${now})`;

/**
 * Whether the organisation has suspended or deleted whoever takes part (ADR 0026): they stay among the people, and read nothing. The rule of
 * `closed_parts`, said of the participation at hand: one read of their roles. A test compares the two.
 */
export const isClosed = `coalesce((
      select bool_or(role.status = 'suspended' or (role.status = 'ended' and p.added_at > role.created_at and p.added_at <= role.ended_at))
        and not bool_or(role.status = 'active')
      from memberships role
      where role.organisation_id = p.organisation_id and role.persona_id = p.persona_id
    ), false)`;

/** Those of them who may read at this moment. */
export const reading = (now: string) => `${takingPart(now)} and not ${isClosed}`;

type Key = { organisationId: string; conversationId: string };

/** Whoever takes part in a conversation now, by persona id; some hundred people at most. */
export async function listTakingPart(db: Database, { organisationId, conversationId }: Key, now: Date): Promise<string[]> {
  const rows = await run<{ persona_id: string }>(db, everybodyText, [organisationId, conversationId, now]);
  return rows.map((row) => row.persona_id);
}

const everybodyText = `
    select p.persona_id from ${takingPart('$3')}
    where p.organisation_id = $1 and p.conversation_id = $2
    order by p.persona_id`;

export async function isTakingPart(db: Database, { organisationId, conversationId }: Key, of: { personaId: string; now: Date }): Promise<boolean> {
  const rows = await run(db, oneText, [organisationId, conversationId, of.now, of.personaId]);
  return rows.length > 0;
}

const oneText = `
    select p.persona_id from ${takingPart('$3')}
    where p.organisation_id = $1 and p.conversation_id = $2 and p.persona_id = $4`;

/** Whose participation has run out and whom no sweep has taken out yet. */
export async function listLapsed(db: Database, { organisationId, conversationId }: Key, now: Date): Promise<string[]> {
  const rows = await run<{ persona_id: string }>(db, lapsedText, [organisationId, conversationId, now]);
  return rows.map((row) => row.persona_id);
}

const lapsedText = `
    select persona_id from participations
    where organisation_id = $1 and conversation_id = $2 and removed_at is null and ends_at <= $3
    order by persona_id`;

type Asked = { conversationId: string; personaId: string };

/** Of these, the ones that somebody may read now: for what is told outside Pli. */
export async function listReading(db: Database, asked: readonly Asked[], now: Date): Promise<Asked[]> {
  if (asked.length === 0) return [];
  const values = [now, asked.map((one) => one.conversationId), asked.map((one) => one.personaId)];
  const rows = await run<{ conversation_id: string; persona_id: string }>(db, severalText, values);
  return rows.map((row) => ({ conversationId: row.conversation_id, personaId: row.persona_id }));
}

const severalText = `
    select asked.conversation_id, asked.persona_id from unnest($2::uuid[], $3::uuid[]) as asked (conversation_id, persona_id)
    where exists (select from ${reading('$1')} where p.conversation_id = asked.conversation_id and p.persona_id = asked.persona_id)`;
