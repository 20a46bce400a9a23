import { sql } from 'kysely';
import type { Database } from '#context';

type Key = { organisationId: string; conversationId: string };

/** A collaborator on leave (`personaId`), and who takes part in what they hold meanwhile. */
export type Delegation = { organisationId: string; id: string; personaId: string; delegatePersonaId: string; startsAt: Date; endsAt: Date };

const columns = ['organisation_id', 'id', 'persona_id', 'delegate_persona_id', 'starts_at', 'ends_at'] as const;

type Raw = { organisation_id: string; id: string; persona_id: string; delegate_persona_id: string; starts_at: Date; ends_at: Date };

function toDelegation(row: Raw): Delegation {
  return {
    organisationId: row.organisation_id,
    id: row.id,
    personaId: row.persona_id,
    delegatePersonaId: row.delegate_persona_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  };
}

/** Who delegates, one at a time: two forms sent at once cannot overlap. */
export async function lockDelegations(db: Database, personaId: string): Promise<void> {
  await sql`select id from personas where id = ${personaId} for update`.execute(db);
}

export async function insertDelegation(db: Database, delegation: Delegation & { createdAt: Date }): Promise<void> {
  await db
    .insertInto('delegations')
    .values({
      organisation_id: delegation.organisationId,
      id: delegation.id,
      persona_id: delegation.personaId,
      delegate_persona_id: delegation.delegatePersonaId,
      starts_at: delegation.startsAt,
      ends_at: delegation.endsAt,
      created_at: delegation.createdAt,
    })
    .execute();
}

/** Those of these personas that are not over, the next first; with the address of the colleague. */
export async function listDelegationsOf(
  db: Database,
  of: { personaIds: readonly string[]; now: Date },
): Promise<(Delegation & { address: string; delegateAddress: string })[]> {
  if (of.personaIds.length === 0) return [];
  const rows = await db
    .selectFrom('delegations')
    .innerJoin('personas as absent', 'absent.id', 'delegations.persona_id')
    .innerJoin('personas as delegate', 'delegate.id', 'delegations.delegate_persona_id')
    .select(columns.map((column) => `delegations.${column}` as const))
    .select(['absent.address', 'delegate.address as delegate_address'])
    .where('delegations.persona_id', 'in', of.personaIds)
    .where('delegations.ended_at', 'is', null)
    .where('delegations.ends_at', '>', of.now)
    .orderBy('delegations.starts_at')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...toDelegation(row), address: row.address, delegateAddress: row.delegate_address }));
}

export async function findDelegation(db: Database, id: string): Promise<Delegation | undefined> {
  const row = await db.selectFrom('delegations').select(columns).where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst();
  return row && toDelegation(row);
}

/**
 * The same, as it stands now and stays until the transaction ends: whoever ends it waits for those who are joining by it, and they find it
 * ended once it is.
 */
export async function holdDelegation(db: Database, delegation: Pick<Delegation, 'organisationId' | 'id'>): Promise<Delegation | undefined> {
  const row = await db
    .selectFrom('delegations')
    .select(columns)
    .where('organisation_id', '=', delegation.organisationId)
    .where('id', '=', delegation.id)
    .where('ended_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row && toDelegation(row);
}

/** Whether somebody takes part in a conversation by this very delegation: added again by hand meanwhile, they do not. */
export async function isDelegated(db: Database, key: Key, of: { personaId: string; delegationId: string }): Promise<boolean> {
  const row = await db
    .selectFrom('participations')
    .select('persona_id')
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('persona_id', '=', of.personaId)
    .where('delegation_id', '=', of.delegationId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateDelegationEnds(db: Database, delegation: Pick<Delegation, 'organisationId' | 'id'>, at: Date): Promise<void> {
  await one(db, delegation)
    .set((row) => ({ ends_at: at, starts_at: sql<Date>`least(${row.ref('starts_at')}, ${at}::timestamptz - interval '1 second')` }))
    .execute();
  await db
    .updateTable('participations')
    .set({ ends_at: at })
    .where('organisation_id', '=', delegation.organisationId)
    .where('delegation_id', '=', delegation.id)
    .execute();
}

export async function updateDelegationBegun(db: Database, delegation: Pick<Delegation, 'organisationId' | 'id'>, at: Date): Promise<void> {
  await one(db, delegation).set({ begun_at: at }).execute();
}

export async function updateDelegationEnded(db: Database, delegation: Pick<Delegation, 'organisationId' | 'id'>, at: Date): Promise<void> {
  await one(db, delegation).set({ ended_at: at }).execute();
}

function one(db: Database, { organisationId, id }: Pick<Delegation, 'organisationId' | 'id'>) {
  return db.updateTable('delegations').where('organisation_id', '=', organisationId).where('id', '=', id);
}

export async function listDelegationsBeginning(db: Database, now: Date, most: number): Promise<Delegation[]> {
  const rows = await db
    .selectFrom('delegations')
    .select(columns)
    .where('begun_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('starts_at', '<=', now)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toDelegation);
}

export async function listDelegationsEnding(db: Database, now: Date, most: number): Promise<Delegation[]> {
  const rows = await db
    .selectFrom('delegations')
    .select(columns)
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', now)
    .orderBy('ends_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toDelegation);
}

/** Those under way of whoever holds a conversation. */
export async function listDelegationsUnderWay(db: Database, holder: { organisationId: string; personaId: string; now: Date }): Promise<Delegation[]> {
  const rows = await db
    .selectFrom('delegations')
    .select(columns)
    .where('persona_id', '=', holder.personaId)
    .where('organisation_id', '=', holder.organisationId)
    .where('ended_at', 'is', null)
    .where('starts_at', '<=', holder.now)
    .where('ends_at', '>', holder.now)
    .orderBy('starts_at')
    .limit(10)
    .execute();
  return rows.map(toDelegation);
}

/** What somebody on leave holds, not expired, and in which their colleague takes no part. */
export async function listHeldWithout(db: Database, delegation: Delegation, { now, most }: { now: Date; most: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversations c
    where c.organisation_id = ${delegation.organisationId} and c.holder_persona_id = ${delegation.personaId} and c.status <> 'expired'
      and not exists (
        select from participations p where p.organisation_id = c.organisation_id and p.conversation_id = c.id
          and p.persona_id = ${delegation.delegatePersonaId} and p.removed_at is null and (p.ends_at is null or p.ends_at > ${now})
      )
    order by c.id limit ${most}`.execute(db);
  return rows.map((row) => row.id);
}

/** Where the colleague takes part by a delegation. */
export async function listDelegated(db: Database, delegation: Pick<Delegation, 'organisationId' | 'id'>, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('participations')
    .select('conversation_id')
    .where('organisation_id', '=', delegation.organisationId)
    .where('delegation_id', '=', delegation.id)
    .where('removed_at', 'is', null)
    .orderBy('conversation_id')
    .limit(most)
    .execute();
  return rows.map((row) => row.conversation_id);
}

/** Who takes part in a conversation by a delegation of this persona. */
export async function listDelegatesOf(db: Database, key: Key, personaId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('participations')
    .innerJoin('delegations', (join) =>
      join.onRef('delegations.organisation_id', '=', 'participations.organisation_id').onRef('delegations.id', '=', 'participations.delegation_id'),
    )
    .select('participations.persona_id')
    .where('participations.organisation_id', '=', key.organisationId)
    .where('participations.conversation_id', '=', key.conversationId)
    .where('participations.removed_at', 'is', null)
    .where('delegations.persona_id', '=', personaId)
    .orderBy('participations.persona_id')
    .execute();
  return rows.map((row) => row.persona_id);
}

export async function insertDelegatedPast(db: Database, key: Key, delegationId: string): Promise<void> {
  await db
    .insertInto('delegated_pasts')
    .values({ organisation_id: key.organisationId, delegation_id: delegationId, conversation_id: key.conversationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isPastDelegated(db: Database, key: Key, delegationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('delegated_pasts')
    .select('delegation_id')
    .where('organisation_id', '=', key.organisationId)
    .where('delegation_id', '=', delegationId)
    .where('conversation_id', '=', key.conversationId)
    .executeTakeFirst();
  return row !== undefined;
}
