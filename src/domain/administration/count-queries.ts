import { sql } from 'kysely';
import type { Ctx } from '#context';

/** Numbers alone: nothing of what they count. */
export type Counts = {
  /** Conversations by what may be done in them; `red` ones are counted apart from the open and closed (000-31). */
  conversations: { open: number; closed: number; expired: number; red: number };
  messages: number;
  /** Envelopes that somebody has not opened. */
  unread: number;
  files: { count: number; bytes: number };
  people: { collaborators: number; administrators: number; suspended: number; participants: number };
  /** Notices of the last thirty days by what became of them; `refused` by the relay's code or the fault. */
  notices: { sent: number; waiting: number; needless: number; refused: number; reasons: { reason: string; count: number }[] };
};

/** The organisation whose counts are the oldest, if they are from before `before`; one that was never counted comes first. */
export async function findStalest(ctx: Ctx, before: Date): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('organisations')
    .leftJoin('organisation_counts as counted', 'counted.organisation_id', 'organisations.id')
    .select('organisations.id')
    .where((row) => row.or([row('counted.counted_at', 'is', null), row('counted.counted_at', '<', before)]))
    .orderBy('counted.counted_at', (order) => order.asc().nullsFirst())
    .orderBy('organisations.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Reads everything the organisation has: for a job, never for a page. */
export async function countAll(ctx: Ctx, organisationId: string, noticesFrom: Date): Promise<Counts> {
  const [conversations, unread, files, people, notices] = [
    await countConversations(ctx, organisationId),
    await countUnread(ctx, organisationId),
    await countFiles(ctx, organisationId),
    await countPeople(ctx, organisationId),
    await countNotices(ctx, organisationId, noticesFrom),
  ];
  const { messages, ...states } = conversations;
  return { conversations: states, messages, unread, files, people, notices };
}

async function countConversations(ctx: Ctx, organisationId: string) {
  const { rows } = await sql<Counts['conversations'] & { messages: number }>`
    select coalesce(sum(n) filter (where status = 'open' and active), 0)::int as open,
      coalesce(sum(n) filter (where status = 'closed' and active), 0)::int as closed,
      coalesce(sum(n) filter (where status = 'expired'), 0)::int as expired,
      coalesce(sum(n) filter (where status <> 'expired' and not active), 0)::int as red,
      coalesce(sum(messages), 0)::int8 as messages
    from (
      select c.status, count(*) as n, sum(c.message_count) as messages, exists (
        select from memberships m join personas a on a.id = m.persona_id join profiles p on p.id = a.profile_id
        where m.organisation_id = ${organisationId} and m.persona_id = c.holder_persona_id and m.role = 'collaborator'
          and m.status = 'active' and p.status = 'active') as active
      from conversations c where c.organisation_id = ${organisationId} group by c.status, c.holder_persona_id
    ) held`.execute(ctx.db);
  return rows[0] ?? { open: 0, closed: 0, expired: 0, red: 0, messages: 0 };
}

async function countUnread(ctx: Ctx, organisationId: string): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select coalesce(sum(unread_count), 0)::int8 as unread from inboxes where organisation_id = ${organisationId}`.execute(ctx.db);
  return rows[0]?.unread ?? 0;
}

async function countFiles(ctx: Ctx, organisationId: string): Promise<Counts['files']> {
  const { rows } = await sql<Counts['files']>`
    select count(*)::int as count, coalesce(sum(size), 0)::int8 as bytes
    from attachments where organisation_id = ${organisationId} and wrapped_key is not null`.execute(ctx.db);
  return rows[0] ?? { count: 0, bytes: 0 };
}

async function countPeople(ctx: Ctx, organisationId: string): Promise<Counts['people']> {
  const { rows } = await sql<Counts['people']>`
    select count(*) filter (where role = 'collaborator' and status = 'active')::int as collaborators,
      count(*) filter (where role = 'administrator' and status = 'active')::int as administrators,
      count(distinct persona_id) filter (where status = 'suspended')::int as suspended,
      (select count(distinct persona_id)::int from participations
        where organisation_id = ${organisationId} and removed_at is null and role = 'participant') as participants
    from memberships where organisation_id = ${organisationId}`.execute(ctx.db);
  return rows[0] ?? { collaborators: 0, administrators: 0, suspended: 0, participants: 0 };
}

async function countNotices(ctx: Ctx, organisationId: string, from: Date): Promise<Counts['notices']> {
  const { rows } = await sql<{ state: string; reason: string; count: number }>`
    select n.state, case when n.state in ('failed', 'bounced') then coalesce(mail.failure, n.state) else '' end as reason, count(*)::int as count
    from notices n left join outgoing_mails mail on mail.id = n.mail_id and n.state in ('failed', 'bounced')
    where n.organisation_id = ${organisationId} and n.created_at >= ${from}
    group by 1, 2 order by 3 desc, 2 limit 200`.execute(ctx.db);
  const of = (...states: string[]) => rows.filter(({ state }) => states.includes(state));
  const sum = (some: { count: number }[]) => some.reduce((total, { count }) => total + count, 0);
  const refused = of('failed', 'bounced');
  return {
    sent: sum(of('sent')),
    waiting: sum(of('queued')),
    needless: sum(of('opened')),
    refused: sum(refused),
    reasons: refused.slice(0, 10).map(({ reason, count }) => ({ reason, count })),
  };
}

export async function upsertCounts(ctx: Ctx, organisationId: string, counts: Counts): Promise<void> {
  const row = { counted_at: ctx.now(), counts: JSON.stringify(counts) };
  await ctx.db
    .insertInto('organisation_counts')
    .values({ organisation_id: organisationId, ...row })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
    .execute();
}

export async function findCounts(ctx: Ctx, organisationId: string): Promise<{ at: Date; counts: Counts } | undefined> {
  const row = await ctx.db.selectFrom('organisation_counts').select(['counted_at', 'counts']).where('organisation_id', '=', organisationId).executeTakeFirst();
  return row && { at: row.counted_at, counts: row.counts as unknown as Counts }; // written by upsertCounts alone
}
