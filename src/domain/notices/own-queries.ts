import { sql } from 'kysely';
import type { Ctx, SignedInCtx } from '#context';
import { run } from '#platform/database/statement.ts';
import { locales } from '#shared/locales.ts';
import { addressKey } from '#shared/people.ts';
import type { OwnMail, OwnNotice } from './list-own-notices.ts';
import type { NoticePreferences } from './preferences.ts';

type RawSent = {
  id: string;
  what: 'notice' | 'code' | 'reset' | 'alert' | 'invitation';
  address: string;
  persona_id: string;
  conversation_id: string | null;
  conversations: number | null;
  organisation_name: string | null;
  kind: OwnNotice['kind'];
  about: string | null;
  state: OwnNotice['state'];
  sender: string | null;
  created_at: Date;
  sent_at: Date | null;
  due_at: Date;
};

/** After every id. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Two index ranges an address, whatever their history; ids grow with time. Of a mail only what it was for is read. */
const ownText = `
    select n.id, n.what, coalesce(reader.address, n.recipient) as address, n.persona_id, n.conversation_id, n.conversations, o.name as organisation_name,
      n.kind, n.about, n.state, sender.address as sender, n.created_at, n.sent_at, n.due_at
    from (
      (
        select last.id, 'notice' as what, null as recipient, mine.persona_id, last.conversation_id, last.conversations, last.organisation_id, last.kind,
          null as about, last.state, last.sender_persona_id, last.created_at, last.sent_at, last.due_at
        from unnest($1::uuid[]) as mine (persona_id)
        cross join lateral (
          select * from notices where notices.persona_id = mine.persona_id and notices.id < $2 order by notices.id desc limit $3
        ) last
      )
      union all
      (
        select last.id, last.kind, last.recipient, mine.persona_id, null, null, (last.parameters ->> 'organisationId')::uuid, null,
          coalesce(last.parameters ->> 'alert', last.parameters ->> 'purpose'), last.status, null, last.created_at, last.sent_at, last.due_at
        from unnest($1::uuid[], $4::text[]) as mine (persona_id, address_key)
        cross join lateral (
          select * from outgoing_mails m where lower(m.recipient) = mine.address_key and m.kind <> 'notice' and m.id < $2 order by m.id desc limit $3
        ) last
      )
      order by id desc limit $3
    ) n
    left join personas reader on reader.id = n.persona_id
    left join personas sender on sender.id = n.sender_persona_id
    left join organisations o on o.id = n.organisation_id
    order by n.id desc`;

export async function selectOwnMails(ctx: SignedInCtx, page: { before: string | undefined; limit: number }): Promise<(OwnNotice | OwnMail)[]> {
  const { personas } = ctx.actor;
  const values = [personas.map(({ id }) => id), page.before ?? lastId, page.limit, personas.map(({ address }) => addressKey(address))];
  return (await run<RawSent>(ctx.db, ownText, values)).map(toOwn);
}

function toOwn(row: RawSent): OwnNotice | OwnMail {
  const { id, address, what, state } = row;
  const sent = { id, address, personaId: row.persona_id, state, askedAt: row.created_at, sentAt: row.sent_at ?? undefined, dueAt: row.due_at };
  const organisationName = row.organisation_name ?? undefined;
  if (what !== 'notice') return { ...sent, what: what === 'reset' ? 'code' : what, about: row.about ?? undefined, organisationName };
  return {
    ...sent,
    what,
    conversationId: row.conversation_id,
    conversations: row.conversations ?? 1,
    organisationName: organisationName ?? '',
    kind: row.kind,
    sender: row.sent_at && row.sender !== null ? row.sender : undefined,
  };
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

/** The notices of a profile's addresses of which no mail has been written are due now: whoever composes weighs them again. */
export async function updateWaitingDue(ctx: Ctx, profileId: string): Promise<void> {
  await sql`
    update notices set due_at = ${ctx.now()}
    where state = 'queued' and mail_id is null and due_at > ${ctx.now()}
      and persona_id in (select id from personas where profile_id = ${profileId})`.execute(ctx.db);
}
