import { sql } from 'kysely';
import type { Database } from '#context';

/** Gives up what waited to be sent; tells how many mails and notices. Codes that waited are erased. */
export async function updateQueuedFailed(db: Database): Promise<number> {
  const mails = await db.updateTable('outgoing_mails').set({ status: 'failed', sealed_code: null }).where('status', '=', sql.lit('queued')).executeTakeFirst();
  const notices = await db
    .updateTable('notices')
    .set({ state: 'failed' })
    .where('state', '=', sql.lit('queued'))
    .where('mail_id', 'is', null)
    .executeTakeFirst();
  await db.updateTable('notices').set({ state: 'failed' }).where('state', '=', sql.lit('queued')).execute();
  return Number(mails.numUpdatedRows) + Number(notices.numUpdatedRows);
}
