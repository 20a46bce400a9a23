import { sql } from 'kysely';
import type { SignedInCtx } from '#context';
import { run } from '#platform/database/statement.ts';
import { locales } from '#shared/locales.ts';
import type { OwnNotice } from './list-own-notices.ts';
import type { NoticePreferences } from './preferences.ts';

type RawNotice = {
  id: string;
  address: string;
  persona_id: string;
  conversation_id: string;
  organisation_name: string;
  kind: OwnNotice['kind'];
  state: OwnNotice['state'];
  sender: string;
  created_at: Date;
  sent_at: Date | null;
  due_at: Date;
};

/** After every id. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** One index range an address, whatever their history; ids grow with time. */
const ownText = `
    select n.id, reader.address, n.persona_id, n.conversation_id, o.name as organisation_name, n.kind, n.state, sender.address as sender,
      n.created_at, n.sent_at, n.due_at
    from (
      select last.* from unnest($1::uuid[]) as mine (persona_id)
      cross join lateral (
        select * from notices where notices.persona_id = mine.persona_id and notices.id < $2 order by notices.id desc limit $3
      ) last
      order by last.id desc limit $3
    ) n
    join personas reader on reader.id = n.persona_id
    join personas sender on sender.id = n.sender_persona_id
    join organisations o on o.id = n.organisation_id
    order by n.id desc`;

export async function selectOwnNotices(ctx: SignedInCtx, page: { before: string | undefined; limit: number }): Promise<OwnNotice[]> {
  const personaIds = ctx.actor.personas.map((persona) => persona.id);
  const rows = await run<RawNotice>(ctx.db, ownText, [personaIds, page.before ?? lastId, page.limit]);
  return rows.map((row) => ({
    id: row.id,
    address: row.address,
    personaId: row.persona_id,
    conversationId: row.conversation_id,
    organisationName: row.organisation_name,
    kind: row.kind,
    state: row.state,
    sender: row.sent_at ? row.sender : undefined,
    askedAt: row.created_at,
    sentAt: row.sent_at ?? undefined,
    dueAt: row.due_at,
  }));
}

export async function findPreferences(ctx: SignedInCtx): Promise<NoticePreferences> {
  const row = await ctx.db
    .selectFrom('notice_preferences')
    .select(['locale', 'quiet_from', 'quiet_to', 'quiet_days'])
    .where('profile_id', '=', ctx.actor.profileId)
    .executeTakeFirst();
  return {
    locale: locales.find((locale) => locale === row?.locale),
    quiet: !row || row.quiet_from === null || row.quiet_to === null ? undefined : { from: row.quiet_from, to: row.quiet_to, days: row.quiet_days },
  };
}

export async function upsertPreferences(ctx: SignedInCtx, { locale, quiet }: NoticePreferences): Promise<void> {
  const wished = {
    locale: locale ?? null,
    quiet_from: quiet?.from ?? null,
    quiet_to: quiet?.to ?? null,
    quiet_days: [...new Set(quiet?.days)].sort(),
    updated_at: ctx.now(),
  };
  await ctx.db
    .insertInto('notice_preferences')
    .values({ profile_id: ctx.actor.profileId, ...wished })
    .onConflict((conflict) => conflict.column('profile_id').doUpdateSet(wished))
    .execute();
}

/** The actor's notices of which no mail has been written are due now: whoever composes weighs them again. */
export async function updateWaitingDue(ctx: SignedInCtx): Promise<void> {
  const personaIds = ctx.actor.personas.map((persona) => persona.id);
  await sql`
    update notices set due_at = ${ctx.now()}
    where state = 'queued' and mail_id is null and due_at > ${ctx.now()} and persona_id = any(${personaIds}::uuid[])`.execute(ctx.db);
}
