import { type Insertable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { Notices } from '#platform/database/schema.ts';
import { defaultLocale, type Locale, locales } from '#shared/locales.ts';
import type { NoticeTarget } from './find-notice-target.ts';
import type { Delivery } from './list-deliveries.ts';
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
    .select(['message_id', 'persona_id', 'state', 'created_at', 'sent_at'])
    .where('organisation_id', '=', of.organisationId)
    .where('conversation_id', '=', of.conversationId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    personaId: row.persona_id,
    state: row.state as Delivery['state'], // as: the column's check lists the same words
    at: row.sent_at ?? row.created_at,
  }));
}

export async function updateQueuedNoticesSent(ctx: Ctx): Promise<void> {
  await ctx.db
    .updateTable('notices')
    .set((row) => ({ state: 'sent', sent_at: row.ref('created_at') }))
    .where('state', '=', sql.lit('queued'))
    .where('mail_id', 'is', null)
    .execute();
}

export type DueNotice = { id: string; recipient: string; locale: Locale };

/** Locks the due notices that no other worker holds, the oldest first. */
export async function lockDueNotices(ctx: Ctx, limit: number): Promise<DueNotice[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .innerJoin('personas', 'personas.id', 'notices.persona_id')
    .innerJoin('organisations', 'organisations.id', 'notices.organisation_id')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select(['notices.id', 'personas.address', 'profiles.locale as own_locale', 'organisations.locale'])
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
  return rows.map((row) => ({ id: row.id, recipient: row.address, locale: knownLocale(row.own_locale ?? row.locale) }));
}

export async function insertNoticeMails(ctx: Ctx, notices: (DueNotice & { mailId: string })[]): Promise<void> {
  if (notices.length === 0) return;
  const now = ctx.now();
  const mails = notices.map(({ mailId, recipient, locale }) => ({ id: mailId, kind: 'notice', recipient, locale, created_at: now, due_at: now }));
  await ctx.db.insertInto('outgoing_mails').values(mails).execute();
  await sql`
    update notices set mail_id = pair.mail_id
    from unnest(${notices.map((notice) => notice.id)}::uuid[], ${notices.map((notice) => notice.mailId)}::uuid[]) as pair (notice_id, mail_id)
    where notices.id = pair.notice_id
  `.execute(ctx.db);
}

export type NoticeOfMail = {
  noticeId: string;
  reader: string;
  sender: string;
  senderPersonaId: string;
  organisationId: string;
  organisation: NonNullable<OrganisationCard>;
};

/** The notice a mail carries, and the organisation it speaks for. Hours are in the mail's language. */
export async function getNoticeOfMail(ctx: Ctx, mail: { id: string; locale: Locale }): Promise<NoticeOfMail> {
  const row = await ctx.db
    .selectFrom('notices')
    .innerJoin('personas as reader', 'reader.id', 'notices.persona_id')
    .innerJoin('personas as sender', 'sender.id', 'notices.sender_persona_id')
    .innerJoin('organisations', 'organisations.id', 'notices.organisation_id')
    .select(['notices.id', 'notices.organisation_id', 'notices.sender_persona_id', 'reader.address as reader', 'sender.address as sender'])
    .select(['organisations.name', 'support_phone', 'support_email', 'support_hours_fr', 'support_hours_en'])
    .where('notices.mail_id', '=', mail.id)
    .orderBy('notices.id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return {
    noticeId: row.id,
    reader: row.reader,
    sender: row.sender,
    senderPersonaId: row.sender_persona_id,
    organisationId: row.organisation_id,
    organisation: {
      name: row.name,
      supportPhone: row.support_phone ?? undefined,
      supportEmail: row.support_email ?? undefined,
      supportHours: (mail.locale === 'en' ? row.support_hours_en : row.support_hours_fr) ?? undefined,
    },
  };
}

export type NewMail = {
  id: string;
  kind: 'code' | 'reset' | 'alert';
  recipient: string;
  locale: Locale;
  parameters: Record<string, string | number>;
  sealedCode?: Buffer;
};

export async function insertMail(ctx: Ctx, mail: NewMail): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('outgoing_mails')
    .values({
      id: mail.id,
      kind: mail.kind,
      recipient: mail.recipient,
      locale: mail.locale,
      parameters: JSON.stringify(mail.parameters),
      sealed_code: mail.sealedCode ?? null,
      created_at: now,
      due_at: now,
    })
    .execute();
}

export type ClaimedMail = {
  id: string;
  kind: 'notice' | 'code' | 'reset' | 'alert';
  recipient: string;
  locale: Locale;
  parameters: object;
  sealedCode: Buffer | null;
  messageId: string | null;
  createdAt: Date;
  /** This try included. */
  attempts: number;
};

/** Takes due mails for this worker alone: each one's next try is moved on, 30 s after the first, doubling up to an hour. */
export async function claimDueMails(ctx: Ctx, limit: number): Promise<ClaimedMail[]> {
  const now = ctx.now();
  const rows = await ctx.db
    .updateTable('outgoing_mails')
    .set((row) => ({
      attempts: row('attempts', '+', 1),
      due_at: sql<Date>`${now}::timestamptz + least(3600, 30 * power(2, attempts)) * interval '1 second'`,
    }))
    .where('id', 'in', (query) =>
      query
        .selectFrom('outgoing_mails')
        .select('id')
        .where('status', '=', sql.lit('queued'))
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'kind', 'recipient', 'locale', 'parameters', 'sealed_code', 'message_id', 'created_at', 'attempts', 'seq'])
    .execute();
  return rows
    .sort((a, b) => a.seq - b.seq)
    .map((row) => ({
      id: row.id,
      kind: row.kind as ClaimedMail['kind'], // as: only kinds inserted above are ever queued
      recipient: row.recipient,
      locale: knownLocale(row.locale),
      parameters: Object(row.parameters),
      sealedCode: row.sealed_code,
      messageId: row.message_id,
      createdAt: row.created_at,
      attempts: row.attempts,
    }));
}

/** The mail left, and so did the notices it carries; its code is forgotten. */
export async function updateMailSent(ctx: Ctx, mail: { id: string; messageId: string }): Promise<void> {
  const sent = { sent_at: ctx.now() };
  await ctx.db
    .updateTable('outgoing_mails')
    .set({ ...sent, status: 'sent', message_id: mail.messageId, sealed_code: null })
    .where('id', '=', mail.id)
    .where('status', '=', sql.lit('queued'))
    .execute();
  await ctx.db
    .updateTable('notices')
    .set({ ...sent, state: 'sent' })
    .where('mail_id', '=', mail.id)
    .where('state', '=', sql.lit('queued'))
    .execute();
}

export async function updateMailFailed(ctx: Ctx, mailId: string): Promise<void> {
  await ctx.db.updateTable('outgoing_mails').set({ status: 'failed', sealed_code: null }).where('id', '=', mailId).execute();
  await ctx.db.updateTable('notices').set({ state: 'failed' }).where('mail_id', '=', mailId).execute();
}

/** The mail, and the notices it carried, came back. */
export async function updateMailBounced(ctx: Ctx, messageId: string): Promise<boolean> {
  const mail = await ctx.db
    .updateTable('outgoing_mails')
    .set({ status: 'bounced' })
    .where('message_id', '=', messageId)
    .where('status', 'in', ['sent', 'bounced'])
    .returning('id')
    .executeTakeFirst();
  if (!mail) return false;
  await ctx.db.updateTable('notices').set({ state: 'bounced' }).where('mail_id', '=', mail.id).execute();
  return true;
}

function knownLocale(stored: string): Locale {
  return locales.find((locale) => locale === stored) ?? defaultLocale;
}
