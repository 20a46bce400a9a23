import { sql } from 'kysely';
import type { Ctx } from '#context';
import type { Locale } from '#shared/locales.ts';
import { knownLocale } from './known-locale.ts';

export type NewMail = {
  id: string;
  kind: 'code' | 'reset' | 'alert' | 'invitation';
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
  kind: 'notice' | 'code' | 'reset' | 'alert' | 'invitation';
  recipient: string;
  locale: Locale;
  parameters: Record<string, unknown>;
  sealedCode: Buffer | null;
  messageId: string;
  createdAt: Date;
  /** This try included. */
  attempts: number;
};

/** How long a worker holds a mail: longer than any try lasts, so that no other takes it meanwhile. A crash delays the mail by as much. */
const leaseSeconds = 120;

/**
 * Takes the mail that has been due longest for this worker alone, or none; `codesOnly` looks at codes alone. Its Message-ID is written
 * down before the first try, and never changes after.
 */
export async function claimDueMail(ctx: Ctx, { codesOnly, domain }: { codesOnly: boolean; domain: string }): Promise<ClaimedMail | undefined> {
  const now = ctx.now();
  const row = await ctx.db
    .updateTable('outgoing_mails')
    .set((mail) => ({
      attempts: mail('attempts', '+', 1),
      due_at: new Date(now.getTime() + leaseSeconds * 1000),
      message_id: sql<string>`coalesce(message_id, '<' || id || '@' || ${domain}::text || '>')`,
    }))
    .where('id', 'in', (query) =>
      query
        .selectFrom('outgoing_mails')
        .select('id')
        // Literals: a prepared plan cannot use a partial index whose predicate is a parameter.
        .where('status', '=', sql.lit('queued'))
        .$if(codesOnly, (mails) => mails.where(sql<boolean>`kind in ('code', 'reset')`))
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'kind', 'recipient', 'locale', 'parameters', 'sealed_code', 'message_id', 'created_at', 'attempts'])
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      kind: row.kind as ClaimedMail['kind'], // as: only kinds inserted above are ever queued
      recipient: row.recipient,
      locale: knownLocale(row.locale),
      parameters: Object(row.parameters),
      sealedCode: row.sealed_code,
      messageId: row.message_id ?? '',
      createdAt: row.created_at,
      attempts: row.attempts,
    }
  );
}

/** The mail left, and so did the notices it carries; its code is forgotten. */
export async function updateMailSent(ctx: Ctx, mailId: string): Promise<void> {
  const sent = { sent_at: ctx.now() };
  await ctx.db
    .updateTable('outgoing_mails')
    .set({ ...sent, status: 'sent', sealed_code: null, failure: null })
    .where('id', '=', mailId)
    .where('status', '=', sql.lit('queued'))
    .execute();
  await ctx.db
    .updateTable('notices')
    .set({ ...sent, state: 'sent' })
    .where('mail_id', '=', mailId)
    .where('state', '=', sql.lit('queued'))
    .execute();
}

/** Not now: it is tried again at `at`. */
export async function updateMailDelayed(ctx: Ctx, delayed: { id: string; at: Date; failure: string }): Promise<void> {
  await ctx.db
    .updateTable('outgoing_mails')
    .set({ due_at: delayed.at, failure: delayed.failure })
    .where('id', '=', delayed.id)
    .where('status', '=', sql.lit('queued'))
    .execute();
}

/** Never: the mail is given up, and the notices it carries are known not to have left. One that another try has sent stays sent. */
export async function updateMailFailed(ctx: Ctx, failed: { id: string; failure: string }): Promise<void> {
  const given = await ctx.db
    .updateTable('outgoing_mails')
    .set({ status: 'failed', sealed_code: null, failure: failed.failure })
    .where('id', '=', failed.id)
    .where('status', '=', sql.lit('queued'))
    .returning('id')
    .executeTakeFirst();
  if (given) await ctx.db.updateTable('notices').set({ state: 'failed' }).where('mail_id', '=', failed.id).where('state', '<>', 'withdrawn').execute();
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
  await ctx.db.updateTable('notices').set({ state: 'bounced' }).where('mail_id', '=', mail.id).where('state', '<>', 'withdrawn').execute();
  return true;
}
