import { type Insertable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { Notices } from '#platform/database/schema.ts';
import { lockComposing } from './queries.ts';

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

type Withdrawn = { organisationId: string; messageId: string };

/**
 * What was not told yet of a message that was taken back, and the mails that would tell nothing else. Mails are locked before notices, as
 * by what sends them; nothing is composed meanwhile, so that no mail is missed.
 */
export async function updateMessageNoticesWithdrawn(ctx: Ctx, { organisationId, messageId }: Withdrawn): Promise<void> {
  await lockComposing(ctx);
  const { rows: mails } = await sql<{ id: string }>`
    select id from outgoing_mails where status = 'queued' and id in (
      select mail_id from notices where organisation_id = ${organisationId} and message_id = ${messageId} and state = 'queued' and mail_id is not null
    ) order by id for update`.execute(ctx.db);
  await ctx.db
    .updateTable('notices')
    .set({ state: 'withdrawn' })
    .where('organisation_id', '=', organisationId)
    .where('message_id', '=', messageId)
    .where('state', '=', sql.lit('queued'))
    .execute();
  if (mails.length === 0) return;
  await sql`
    update outgoing_mails m set status = 'failed', failure = 'withdrawn' where m.id = any(${mails.map((mail) => mail.id)}::uuid[])
      and not exists (select from notices n where n.mail_id = m.id and n.state <> 'withdrawn')`.execute(ctx.db);
}
