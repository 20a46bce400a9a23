import type pg from 'pg';

/** How far this machine's clock is ahead of PostgreSQL's, in milliseconds, give or take half the time of the question. */
export async function clockDifference(pool: pg.Pool): Promise<number> {
  const asked = Date.now();
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at');
  const answered = Date.now();
  const theirs = rows[0]?.at.getTime() ?? answered;
  return (asked + answered) / 2 - theirs;
}
