import { type Kysely, sql } from 'kysely';
import type { DB } from '../database/schema.ts';

export const changeKinds = ['messages', 'activities'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** That something changed, and for whom; never what. */
export type Change = { personaIds: readonly string[]; kind: ChangeKind; subjectId: string };

/** The way changes leave: written with what changed, told once that has committed. */
export type Announcer = {
  /** Writes the change within the transaction `db`. */
  record(db: Kysely<DB>, change: Change & { at: Date }): Promise<void>;
  /** Tells every process to read what was recorded. Called after the commit; never waits and never fails. */
  flush(): void;
};

export async function insertChange(db: Kysely<DB>, change: Change & { at: Date }): Promise<void> {
  if (change.personaIds.length === 0) return;
  await sql`
    insert into events (persona_ids, kind, subject_id, at)
    values (${[...change.personaIds]}::uuid[], ${change.kind}, ${change.subjectId}, ${change.at})`.execute(db);
}

/** Every transaction before this one has ended, and what it wrote has been read. */
export type Horizon = string;
export type ReadChange = Change & { seq: number; writtenBy: bigint };

/** More than this at once is not read one by one: everybody looks again. */
export const mostChanges = 5_000;

/**
 * What was written by transactions from `from` on and has committed, with the horizon to read from next time. Numbers of a sequence do not
 * commit in their order; transactions older than the oldest running one do (`pg_snapshot_xmin`). What is between comes twice.
 */
export async function readChanges(db: Kysely<DB>, from: Horizon): Promise<{ horizon: Horizon; changes: ReadChange[] }> {
  const { rows } = await sql<{ horizon: string; seq: number | null; writer: string; persona_ids: string[]; kind: ChangeKind; subject_id: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, e.seq, e.written_by::text as writer, e.persona_ids, e.kind, e.subject_id
    from (select) as always left join lateral (
      select * from events where written_by >= ${from}::xid8 order by written_by, seq limit ${mostChanges}
    ) e on true`.execute(db);
  const changes = rows.flatMap(({ seq, ...row }) =>
    seq === null ? [] : [{ seq, writtenBy: BigInt(row.writer), personaIds: row.persona_ids, kind: row.kind, subjectId: row.subject_id }],
  );
  return { horizon: rows[0]?.horizon ?? from, changes };
}

export async function currentHorizon(db: Kysely<DB>): Promise<Horizon> {
  const { rows } = await sql<{ horizon: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(db);
  return rows[0]?.horizon ?? '0';
}

/** Seconds a change is kept: long enough for a page being loaded and for a process that was cut off a moment. */
const keptSeconds = 600;

/** Forgets, 10 000 at most at a time, what every screen was told of long ago. Twice is harmless. */
export async function sweepChanges(db: Kysely<DB>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptSeconds * 1000);
  await sql`delete from events where seq in (select seq from events where at < ${before} order by at limit 10000 for update skip locked)`.execute(db);
}

/** Whether something changed for one of these people since then. The margin is for a transaction that wrote its hour and had yet to commit. */
export async function changedSince(db: Kysely<DB>, asked: { personaIds: readonly string[]; since: Date }): Promise<boolean> {
  const marginMs = 5_000;
  const since = new Date(asked.since.getTime() - marginMs);
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from events where at >= ${since} and persona_ids && ${[...asked.personaIds]}::uuid[]) as found`.execute(db);
  return rows[0]?.found ?? false;
}
