import { type Kysely, sql } from 'kysely';
import type { DB } from '../database/schema.ts';

/** At most `limit` within any `windowSeconds`: the window slides, so that no choice of moment doubles it. */
export type Budget = { key: string; limit: number; windowSeconds: number; now: Date };
export type Taken = { allowed: true; retryAt: undefined } | { allowed: false; retryAt: Date };

/** Every instant is kept while it counts: a budget is meant for tries and mails, not for traffic. */
const largestLimit = 1_000;

/**
 * Takes one from the budget if there is one left, in one statement: of 50 at the same moment exactly `limit` pass, whatever the process.
 * Call it outside of the transaction it protects, or a rollback gives back what was taken. `now` is the caller's clock.
 */
export async function takeFromBudget(db: Kysely<DB>, budget: Budget): Promise<Taken> {
  refuseAbsurd(budget);
  const { key, limit, now } = budget;
  const { since, until } = windowOf(budget);
  // ON CONFLICT locks the row and reads its latest version before the WHERE is weighed: no update, no row returned, nothing taken.
  const taken = await sql`
    insert into budgets as b (key, taken_at, forget_at) values (${key}, array[${now}::timestamptz], ${until})
    on conflict (key) do update set
      taken_at = array(select t from unnest(b.taken_at) as t where t > ${since} order by t) || ${now}::timestamptz,
      forget_at = greatest(b.forget_at, excluded.forget_at)
    where (select count(*) from unnest(b.taken_at) as t where t > ${since}) < ${limit}
    returning key`.execute(db);
  if (taken.rows.length > 0) return { allowed: true, retryAt: undefined };
  // What was taken since may have been given back meanwhile: one is free then, but this caller has not taken it.
  const { retryAt = now } = await peekBudget(db, budget);
  return { allowed: false, retryAt };
}

/** Whether one could be taken now, without taking it. */
export async function peekBudget(db: Kysely<DB>, budget: Budget): Promise<Taken> {
  refuseAbsurd(budget);
  const { key, limit, windowSeconds } = budget;
  const { since } = windowOf(budget);
  // One is free again once the limit-th most recent leaves the window.
  const found = await sql<{ blocking: Date }>`
    select t as blocking from budgets, unnest(taken_at) as t
    where key = ${key} and t > ${since}
    order by t desc offset ${limit - 1} limit 1`.execute(db);
  const blocking = found.rows[0]?.blocking;
  if (!blocking) return { allowed: true, retryAt: undefined };
  return { allowed: false, retryAt: new Date(blocking.getTime() + windowSeconds * 1000) };
}

/** Gives back the last one taken: what succeeded does not count. Harmless when nothing is left to give back. */
export async function giveBackToBudget(db: Kysely<DB>, key: string): Promise<void> {
  await sql`update budgets set taken_at = trim_array(taken_at, 1) where key = ${key} and cardinality(taken_at) > 0`.execute(db);
}

/** Forgets at most `limit` rows that say nothing any more, and tells how many: called again until it is fewer. */
export async function sweepBudgets(db: Kysely<DB>, now: Date, limit = 1_000): Promise<number> {
  const swept = await sql`
    delete from budgets where key in (
      select key from budgets where forget_at <= ${now} order by forget_at limit ${limit} for update skip locked
    ) and forget_at <= ${now}
    returning key`.execute(db);
  return swept.rows.length;
}

function windowOf({ now, windowSeconds }: Budget): { since: Date; until: Date } {
  return { since: new Date(now.getTime() - windowSeconds * 1000), until: new Date(now.getTime() + windowSeconds * 1000) };
}

function refuseAbsurd({ limit, windowSeconds }: Budget): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) throw new RangeError(`A budget allows 1 to ${largestLimit}, not ${limit}.`);
  if (!(windowSeconds > 0)) throw new RangeError(`A budget has a window of some seconds, not ${windowSeconds}.`);
}
