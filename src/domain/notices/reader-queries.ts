import { sql } from 'kysely';
import type { Ctx } from '#context';
import { run } from '#platform/database/statement.ts';
import type { Delivery } from './list-deliveries.ts';
import { lockComposing } from './queries.ts';

type Conversation = { organisationId: string; conversationId: string };
type Reader = Conversation & { personaId: string };

/** The last notice of each of these readers that was not given up; one index read a reader. */
export async function selectLastNotices(ctx: Ctx, of: Conversation & { personaIds: readonly string[] }): Promise<(Delivery & { createdAt: Date })[]> {
  type Row = { persona_id: string; message_id: string | null; state: Delivery['state']; created_at: Date; sent_at: Date | null; failure: string | null };
  const rows = await run<Row>(ctx.db, lastNoticesText, [of.organisationId, of.conversationId, of.personaIds]);
  return rows.map((row) => ({
    personaId: row.persona_id,
    messageId: row.message_id,
    state: row.state,
    at: row.sent_at ?? row.created_at,
    createdAt: row.created_at,
    failure: row.failure,
  }));
}

const lastNoticesText = `
    select reader.persona_id, last.message_id, last.state, last.created_at, last.sent_at, mail.failure
    from unnest($3::uuid[]) as reader (persona_id)
    cross join lateral (
      select n.message_id, n.state, n.created_at, n.sent_at, n.mail_id from notices n
      where n.organisation_id = $1 and n.conversation_id = $2 and n.persona_id = reader.persona_id and n.state <> 'withdrawn'
      order by n.created_at desc, n.id desc limit 1
    ) last
    left join outgoing_mails mail on mail.id = last.mail_id`;

/** When a collaborator had this reader told again, since `since`; the oldest first, at most `most`. */
export async function selectSentAgain(ctx: Ctx, of: Reader & { since: Date; most: number }): Promise<Date[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .select('created_at')
    .where('organisation_id', '=', of.organisationId)
    .where('conversation_id', '=', of.conversationId)
    .where('persona_id', '=', of.personaId)
    .where('kind', '=', sql.lit('sent-again'))
    .where('created_at', '>', of.since)
    .orderBy('created_at')
    .orderBy('id')
    .limit(of.most)
    .execute();
  return rows.map((row) => row.created_at);
}

/**
 * Gives up the notices of a reader that have not left, and the mails that carry them: a mail tells one conversation to one reader. Mails
 * are locked before notices, as by what sends them; nothing is composed meanwhile, so that no mail is missed.
 */
export async function updateNoticesWithdrawn(ctx: Ctx, of: Reader): Promise<void> {
  await lockComposing(ctx);
  await sql`
    update outgoing_mails set status = 'failed', failure = 'withdrawn' where status = 'queued' and id in (
      select mail_id from notices
      where organisation_id = ${of.organisationId} and conversation_id = ${of.conversationId} and persona_id = ${of.personaId}
        and state = 'queued' and mail_id is not null)`.execute(ctx.db);
  await sql`
    update notices set state = 'withdrawn'
    where organisation_id = ${of.organisationId} and conversation_id = ${of.conversationId} and persona_id = ${of.personaId}
      and state = 'queued'`.execute(ctx.db);
}

export async function updateLinksRevoked(ctx: Ctx, of: Reader): Promise<void> {
  await sql`
    update notices set revoked_at = ${ctx.now()}
    where organisation_id = ${of.organisationId} and conversation_id = ${of.conversationId} and persona_id = ${of.personaId}
      and revoked_at is null`.execute(ctx.db);
}

/** The reader has the conversation before them: what only said that it is there needs no mail any more. */
export async function updateNoticesSeen(ctx: Ctx, of: Reader): Promise<void> {
  await sql`
    update notices set opened_at = ${ctx.now()}, state = case when state = 'queued' and mail_id is null then 'opened' else state end
    where organisation_id = ${of.organisationId} and conversation_id = ${of.conversationId} and persona_id = ${of.personaId}
      and message_id is null and opened_at is null`.execute(ctx.db);
}
