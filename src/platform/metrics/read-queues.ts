import type pg from 'pg';

/** Jobs, mails and notices that wait; nothing is counted that is over. */
export async function readQueues(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ jobs: number; mails: number; notices: number }>(`
    select
      (select count(*) from pgboss.job where state in ('created', 'retry', 'active')) as jobs,
      (select count(*) from outgoing_mails where status = 'queued') as mails,
      (select count(*) from notices where state = 'queued' and mail_id is null) as notices`);
  return { jobs: rows[0]?.jobs ?? 0, mails: rows[0]?.mails ?? 0, notices: rows[0]?.notices ?? 0 };
}
