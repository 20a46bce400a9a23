import { type Insertable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { Notices } from '#platform/database/schema.ts';
import type { Locale } from '#shared/locales.ts';
import type { NoticeTarget } from './find-notice-target.ts';
import type { Delivery } from './list-deliveries.ts';

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
    state: row.state as Delivery['state'], // the column's check lists the same words
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

export type NewMail = {
  id: string;
  kind: 'notice' | 'code' | 'reset' | 'alert';
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
