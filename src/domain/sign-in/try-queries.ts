import { sql } from 'kysely';
import type { Ctx } from '#context';

/** Wrong in a row that pass without delay; then 30 s, doubling up to an hour. Wrong in all before the owner must act. */
const withoutDelay = 2;
const firstDelaySeconds = 30;
const longestDelaySeconds = 3600;
const inAllAtMost = 100;

/** `last`: after this one nothing is evaluated until an act of the owner. */
export type Reservation = { granted: true; last: boolean } | { granted: false; nextAt: Date | undefined };

/**
 * Counts one try if one may be made now, and sets when the next may; one statement, exact under any number at the same moment.
 * Not granted without `nextAt`: the hundred are used up.
 */
export async function reserveTry(ctx: Ctx, key: string): Promise<Reservation> {
  const now = ctx.now();
  // Without delay `next_at` stays in the past: two at the same moment must not wait for each other's millisecond.
  const reserved = await sql<{ in_all: number }>`
    insert into password_tries as t (key, in_a_row, in_all, next_at, touched_at) values (${key}, 1, 1, to_timestamp(0), ${now})
    on conflict (key) do update set in_a_row = t.in_a_row + 1, in_all = t.in_all + 1, touched_at = ${now},
      next_at = case when t.in_a_row < ${sql.lit(withoutDelay)} then t.next_at
        else ${now}::timestamptz + least(${sql.lit(longestDelaySeconds)}, ${sql.lit(firstDelaySeconds)} * 2 ^ least(20, t.in_a_row - ${sql.lit(withoutDelay)})) * interval '1 second' end
    where t.next_at <= ${now} and t.in_all < ${sql.lit(inAllAtMost)}
    returning in_all`.execute(ctx.db);
  const [row] = reserved.rows;
  if (row) return { granted: true, last: row.in_all >= inAllAtMost };
  const blocked = await ctx.db.selectFrom('password_tries').select(['next_at', 'in_all']).where('key', '=', key).executeTakeFirst();
  if (blocked && blocked.in_all >= inAllAtMost) return { granted: false, nextAt: undefined };
  // The row may have gone since: the owner has just come in, and the next try passes.
  return { granted: false, nextAt: blocked?.next_at ?? now };
}

/** Takes back a reservation that was not evaluated. A delay it set stays, or keeping the hasher busy would shorten delays. */
export async function undoTry(ctx: Ctx, key: string): Promise<void> {
  await sql`
    update password_tries set in_a_row = greatest(0, in_a_row - 1), in_all = greatest(0, in_all - 1)
    where key = ${key}`.execute(ctx.db);
}

export async function clearTries(ctx: Ctx, key: string): Promise<void> {
  await ctx.db.deleteFrom('password_tries').where('key', '=', key).execute();
}

export async function clearTriesInAll(ctx: Ctx, key: string): Promise<void> {
  await ctx.db.updateTable('password_tries').set({ in_all: 0 }).where('key', '=', key).execute();
}

/** Forgets at most 1 000 counts that nobody touched for 400 days; tells how many. */
export async function deleteOldTries(ctx: Ctx): Promise<number> {
  const deleted = await sql`
    delete from password_tries where key in (
      select key from password_tries where touched_at < ${ctx.now()}::timestamptz - interval '400 days' order by touched_at limit 1000
    )`.execute(ctx.db);
  return Number(deleted.numAffectedRows ?? 0);
}
