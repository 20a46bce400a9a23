import type { Ctx } from '#context';
import { addressKey } from '#shared/people.ts';
import type { KeptMail } from './kept-mails.ts';

type Asked = { id?: string; to?: string | undefined; since?: Date | undefined; limit: number };

export async function selectKeptMails(ctx: Ctx, { id, to, since, limit }: Asked): Promise<KeptMail[]> {
  const rows = await ctx.db
    .selectFrom('outgoing_mails')
    .select([
      'id',
      'channel',
      'kind',
      'status',
      'created_at',
      'sent_at',
      'sender',
      'recipient',
      'subject',
      'body_text',
      'body_html',
      'code',
      'links',
      'message_id',
    ])
    .where('subject', 'is not', null)
    .$if(id !== undefined, (mails) => mails.where('id', '=', id ?? ''))
    .$if(to !== undefined, (mails) => mails.where((row) => row(row.fn<string>('lower', ['recipient']), '=', addressKey(to ?? ''))))
    .$if(since !== undefined, (mails) => mails.where((row) => row(row.fn.coalesce('sent_at', 'created_at'), '>=', since ?? new Date(0))))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel as KeptMail['channel'], // the column's check lists the same words
    kind: row.kind as KeptMail['kind'], // the column's check lists the same words
    status: row.status as KeptMail['status'], // the column's check lists the same words
    at: row.sent_at ?? row.created_at,
    from: row.sender ?? '',
    to: row.recipient,
    subject: row.subject ?? '',
    text: row.body_text ?? '',
    html: row.body_html ?? '',
    code: row.code,
    links: Array.isArray(row.links) ? row.links.map(String) : [],
    messageId: row.message_id,
  }));
}
