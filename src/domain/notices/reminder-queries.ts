import { type Insertable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { Notices } from '#platform/database/schema.ts';

/** One that was told already waits to be told again; one that still waits stays as it is. */
export async function upsertReminders(ctx: Ctx, notices: Insertable<Notices>[]): Promise<void> {
  await ctx.db
    .insertInto('notices')
    .values(notices)
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'message_id', 'persona_id', 'kind'])
        .doUpdateSet((row) => ({
          state: sql.lit('queued'),
          mail_id: null,
          sent_at: null,
          created_at: row.ref('excluded.created_at'),
          due_at: row.ref('excluded.due_at'),
        }))
        .where('notices.state', 'in', [sql.lit('sent'), sql.lit('failed'), sql.lit('bounced')]),
    )
    .execute();
}

/** What was not told yet of a message that was taken back, and the mails that would tell nothing else. */
export async function updateNoticesWithdrawn(ctx: Ctx, { organisationId, messageId }: { organisationId: string; messageId: string }): Promise<void> {
  const rows = await ctx.db
    .updateTable('notices')
    .set({ state: 'withdrawn' })
    .where('organisation_id', '=', organisationId)
    .where('message_id', '=', messageId)
    .where('state', '=', sql.lit('queued'))
    .returning('mail_id')
    .execute();
  const mailIds = rows.flatMap((row) => row.mail_id ?? []);
  if (mailIds.length === 0) return;
  await ctx.db
    .updateTable('outgoing_mails')
    .set({ status: 'failed', failure: 'withdrawn' })
    .where('id', 'in', mailIds)
    .where('status', '=', sql.lit('queued'))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('notices').select('notices.id').whereRef('notices.mail_id', '=', 'outgoing_mails.id').where('notices.state', '<>', 'withdrawn'))),
    )
    .execute();
}
