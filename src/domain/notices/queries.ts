import { type ExpressionBuilder, type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '#context';
import { lockName } from '#platform/database/lock-name.ts';
import type { DB, Notices, Organisations } from '#platform/database/schema.ts';
import type { Locale } from '#shared/locales.ts';
import { addressKey } from '#shared/people.ts';
import type { QuietHours } from '#shared/quiet-hours.ts';
import type { NoticeTarget } from './find-notice-target.ts';
import { knownLocale } from './known-locale.ts';
import type { Delivery } from './list-deliveries.ts';
import type { NoticeKind } from './notice-kinds.ts';
import type { OrganisationCard } from './outgoing-gate.ts';

export async function insertNotices(ctx: Ctx, notices: Insertable<Notices>[]): Promise<void> {
  await ctx.db
    .insertInto('notices')
    .values(notices)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'message_id', 'persona_id', 'kind']).doNothing())
    .execute();
}

export async function findNoticeByTokenHash(ctx: Ctx, tokenHash: Buffer): Promise<NoticeTarget | undefined> {
  const row = await ctx.db
    .selectFrom('notices')
    .innerJoin('personas', 'personas.id', 'notices.persona_id')
    .select(['notices.persona_id', 'personas.address', 'personas.profile_id'])
    .select(['notices.organisation_id', 'notices.conversation_id', 'notices.message_id'])
    .where('notices.token_hash', '=', tokenHash)
    .where('notices.revoked_at', 'is', null)
    .executeTakeFirst();
  return (
    row && {
      personaId: row.persona_id,
      address: row.address,
      profileId: row.profile_id,
      organisationId: row.organisation_id,
      conversationId: row.conversation_id,
      messageId: row.message_id,
    }
  );
}

export async function selectDeliveries(ctx: Ctx, of: { organisationId: string; conversationId: string }): Promise<Delivery[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .leftJoin('outgoing_mails', 'outgoing_mails.id', 'notices.mail_id')
    .select(['notices.message_id', 'persona_id', 'state', 'notices.created_at', 'notices.sent_at', 'failure'])
    .where('organisation_id', '=', of.organisationId)
    .where('conversation_id', '=', of.conversationId)
    .orderBy('notices.created_at')
    .orderBy('notices.id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    personaId: row.persona_id,
    state: row.state as Delivery['state'], // as: the column's check lists the same words
    at: row.sent_at ?? row.created_at,
    failure: row.failure,
  }));
}

export async function updateUnsentNoticesSent(ctx: Ctx): Promise<void> {
  await ctx.db
    .updateTable('notices')
    .set((row) => ({ state: 'sent', sent_at: row.ref('created_at') }))
    .where('state', 'in', [sql.lit('queued'), sql.lit('opened')])
    .where('mail_id', 'is', null)
    .execute();
}

export type DueNotice = {
  id: string;
  /** null: of several conversations. */
  conversationId: string | null;
  personaId: string;
  recipient: string;
  organisationId: string;
  /** What the reader prefers; what the organisation speaks. */
  locale: Locale;
  organisationLocale: Locale;
  /** Same kind, same reader, same conversation, same sender: what one mail may tell together. */
  group: string;
  /** The last mail of that group of which the reader has not opened every message: still waiting, or gone at that time. */
  lastMail: { status: 'queued' } | { status: 'sent'; at: Date } | undefined;
  /** Nobody acts under the reader's address any more. */
  closed: boolean;
  /** The reader wants no notice about this conversation. */
  muted: boolean;
  /** The reader's quiet hours, and where they are counted. */
  quiet: QuietHours | undefined;
  zone: string;
};

/** One process composes at a time. Held to the end of the transaction. */
export async function lockComposing(ctx: Ctx): Promise<void> {
  await lockName(ctx.db, 'notices:composing');
}

/** Locks the due notices that no other transaction holds, the oldest first. */
export async function lockDueNotices(ctx: Ctx, limit: number): Promise<DueNotice[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .innerJoin('personas', 'personas.id', 'notices.persona_id')
    .innerJoin('organisations', 'organisations.id', 'notices.organisation_id')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .leftJoin('notice_preferences as wishes', 'wishes.profile_id', 'profiles.id')
    .leftJoin('inboxes', (join) => join.onRef('inboxes.persona_id', '=', 'notices.persona_id').onRef('inboxes.conversation_id', '=', 'notices.conversation_id'))
    .leftJoinLateral(lastMailOfGroup, (join) => join.onTrue())
    .select(['notices.id', 'personas.address', 'profiles.locale as own_locale', 'organisations.locale'])
    .select(['wishes.locale as wished_locale', 'wishes.quiet_from', 'wishes.quiet_to', 'wishes.quiet_days', 'inboxes.muted_at'])
    .select(['profiles.time_zone as own_zone', 'organisations.time_zone'])
    .select(['notices.conversation_id', 'notices.persona_id', 'notices.sender_persona_id', 'notices.kind'])
    .select(['personas.closed_at', 'notices.organisation_id'])
    .select(['last_mail.status as last_status', 'last_mail.sent_at as last_sent_at'])
    // Literals: a prepared plan cannot use a partial index whose predicate is a parameter.
    .where('notices.state', '=', sql.lit('queued'))
    .where('notices.mail_id', 'is', null)
    .where('notices.due_at', '<=', ctx.now())
    .orderBy('notices.due_at')
    .orderBy('notices.id')
    .limit(limit)
    .forUpdate('notices')
    .skipLocked()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    personaId: row.persona_id,
    recipient: row.address,
    organisationId: row.organisation_id,
    locale: knownLocale(row.wished_locale ?? row.own_locale ?? row.locale),
    organisationLocale: knownLocale(row.locale),
    group: `${row.kind} ${row.conversation_id} ${row.persona_id} ${row.sender_persona_id}`,
    lastMail: lastMail(row.last_status, row.last_sent_at),
    closed: row.closed_at !== null,
    muted: row.muted_at !== null,
    quiet: row.quiet_from === null || row.quiet_to === null ? undefined : { from: row.quiet_from, to: row.quiet_to, days: row.quiet_days ?? [] },
    zone: row.own_zone ?? row.time_zone,
  }));
}

function lastMailOfGroup(query: ExpressionBuilder<DB, 'notices'>) {
  return query
    .selectFrom('notices as told')
    .innerJoin('outgoing_mails', 'outgoing_mails.id', 'told.mail_id')
    .select(['outgoing_mails.status', 'outgoing_mails.sent_at'])
    .whereRef('told.organisation_id', '=', 'notices.organisation_id')
    .whereRef('told.conversation_id', '=', 'notices.conversation_id')
    .whereRef('told.persona_id', '=', 'notices.persona_id')
    .whereRef('told.sender_persona_id', '=', 'notices.sender_persona_id')
    .where('told.mail_id', 'is not', null)
    .where('told.opened_at', 'is', null)
    .orderBy('told.created_at', 'desc')
    .limit(1)
    .as('last_mail');
}

/** A mail that failed or came back told nobody, and holds nothing up. */
function lastMail(status: string | null, sentAt: Date | null): DueNotice['lastMail'] {
  if (status === 'queued') return { status };
  return status === 'sent' && sentAt ? { status, at: sentAt } : undefined;
}

/** Nobody is told: their address is closed, they may not read it any more, or they want no notice about this conversation. */
export async function updateNoticesUntold(ctx: Ctx, { ids, state }: { ids: readonly string[]; state: 'failed' | 'withdrawn' | 'muted' }): Promise<void> {
  await ctx.db
    .updateTable('notices')
    .set({ state })
    .where('id', 'in', [...ids])
    .execute();
}

export type DelayedNotice = { id: string; until: Date };

/** Each waits until then: what comes meanwhile joins it. */
export async function delayNotices(ctx: Ctx, delayed: readonly DelayedNotice[]): Promise<void> {
  if (delayed.length === 0) return;
  await sql`
    update notices set due_at = wait.until
    from unnest(${delayed.map((notice) => notice.id)}::uuid[], ${delayed.map((notice) => notice.until)}::timestamptz[]) as wait (notice_id, until)
    where notices.id = wait.notice_id
  `.execute(ctx.db);
}

export type NoticeMail = { mailId: string; recipient: string; locale: Locale; noticeIds: string[] };

export async function insertNoticeMails(ctx: Ctx, mails: NoticeMail[]): Promise<void> {
  if (mails.length === 0) return;
  const now = ctx.now();
  const rows = mails.map(({ mailId, recipient, locale }) => ({ id: mailId, kind: 'notice', recipient, locale, created_at: now, due_at: now }));
  await ctx.db.insertInto('outgoing_mails').values(rows).execute();
  const pairs = mails.flatMap(({ mailId, noticeIds }) => noticeIds.map((noticeId) => ({ mailId, noticeId })));
  await sql`
    update notices set mail_id = pair.mail_id
    from unnest(${pairs.map((pair) => pair.noticeId)}::uuid[], ${pairs.map((pair) => pair.mailId)}::uuid[]) as pair (notice_id, mail_id)
    where notices.id = pair.notice_id
  `.execute(ctx.db);
}

/** The reader has opened the message. A notice of which no mail has been written needs none any more. */
export async function updateNoticeOpened(ctx: Ctx, opened: { organisationId: string; messageId: string; personaId: string }): Promise<void> {
  await ctx.db
    .updateTable('notices')
    .set((row) => ({
      opened_at: ctx.now(),
      state: row
        .case()
        .when(row.and([row('state', '=', 'queued'), row('mail_id', 'is', null)]))
        .then('opened')
        .else(row.ref('state'))
        .end(),
    }))
    .where('organisation_id', '=', opened.organisationId)
    .where('message_id', '=', opened.messageId)
    .where('persona_id', '=', opened.personaId)
    .where('opened_at', 'is', null)
    .execute();
}

export type NoticeOfMail = {
  kind: NoticeKind;
  /** The oldest message it tells of that its reader has not opened, else the oldest of all. */
  noticeId: string;
  /** Messages it tells of, or conversations; none is left once all were withdrawn. */
  count: number;
  reader: string;
  sender: string;
  senderPersonaId: string;
  organisationId: string;
  conversationId: string | null;
  organisation: NonNullable<OrganisationCard>;
};

/** What a notice's mail tells, and the organisation it speaks for. Hours are in the mail's language. */
export async function getNoticeOfMail(ctx: Ctx, mail: { id: string; locale: Locale }): Promise<NoticeOfMail> {
  const row = await ctx.db
    .selectFrom('notices')
    .innerJoin('personas as reader', 'reader.id', 'notices.persona_id')
    .innerJoin('personas as sender', 'sender.id', 'notices.sender_persona_id')
    .innerJoin('organisations', 'organisations.id', 'notices.organisation_id')
    .select([
      'notices.id',
      'notices.kind',
      'notices.organisation_id',
      'notices.conversation_id',
      'notices.sender_persona_id',
      'reader.address as reader',
      'sender.address as sender',
    ])
    .select(['organisations.name', 'support_phone', 'support_email', 'support_hours_fr', 'support_hours_en'])
    .select(sql<number>`coalesce(sum(coalesce(notices.conversations, 1)) filter (where notices.state <> 'withdrawn') over (), 0)::int`.as('count'))
    .where('notices.mail_id', '=', mail.id)
    .orderBy(sql`notices.state = 'withdrawn'`)
    .orderBy(sql`notices.opened_at is not null`)
    .orderBy('notices.created_at')
    .orderBy('notices.id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return {
    kind: row.kind as NoticeKind, // as: the column's check lists the same words
    noticeId: row.id,
    count: row.count,
    reader: row.reader,
    sender: row.sender,
    senderPersonaId: row.sender_persona_id,
    organisationId: row.organisation_id,
    conversationId: row.conversation_id,
    organisation: toCard(row, mail.locale),
  };
}

/** The organisation that an invitation speaks for. */
export async function getOrganisationCard(ctx: Ctx, asked: { organisationId: string; locale: Locale }): Promise<NonNullable<OrganisationCard>> {
  const row = await ctx.db
    .selectFrom('organisations')
    .select(['name', 'support_phone', 'support_email', 'support_hours_fr', 'support_hours_en'])
    .where('id', '=', asked.organisationId)
    .executeTakeFirstOrThrow();
  return toCard(row, asked.locale);
}

type CardRow = Pick<Selectable<Organisations>, 'name' | 'support_phone' | 'support_email' | 'support_hours_fr' | 'support_hours_en'>;

function toCard(row: CardRow, locale: Locale): NonNullable<OrganisationCard> {
  return {
    name: row.name,
    supportPhone: row.support_phone ?? undefined,
    supportEmail: row.support_email ?? undefined,
    supportHours: (locale === 'en' ? row.support_hours_en : row.support_hours_fr) ?? undefined,
  };
}

/** The language of whoever has this address, else the organisation's. */
export async function findLocaleOf(ctx: Ctx, asked: { to: string; organisationId: string }): Promise<Locale> {
  const row = await ctx.db
    .selectFrom('organisations')
    .leftJoin('personas', (join) => join.on('personas.address_key', '=', addressKey(asked.to)))
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select(['profiles.locale as own_locale', 'organisations.locale'])
    .where('organisations.id', '=', asked.organisationId)
    .executeTakeFirst();
  return knownLocale(row?.own_locale ?? row?.locale ?? '');
}
