import type { Ctx } from '#context';
import { selectKeptMails } from './kept-mail-queries.ts';

/** A mail the demonstration kept instead of sending it. */
export type KeptMail = {
  id: string;
  channel: 'mail' | 'sms';
  kind: 'notice' | 'code' | 'invitation' | 'reset' | 'alert';
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  code: string | null;
  links: string[];
  status: 'sent' | 'bounced' | 'queued' | 'failed';
  messageId: string | null;
};

/** What was kept, newest first. `limit` between 1 and 1 000. */
export function listKeptMails(ctx: Ctx, asked: { to?: string | undefined; since?: Date | undefined; limit: number }): Promise<KeptMail[]> {
  return selectKeptMails(ctx, asked);
}

export async function findKeptMail(ctx: Ctx, id: string): Promise<KeptMail | undefined> {
  return (await selectKeptMails(ctx, { id, limit: 1 }))[0];
}
