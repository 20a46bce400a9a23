import { z } from 'zod';
import type { SignedInCtx } from '#context';
import type { Delivery } from './list-deliveries.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { selectOwnMails } from './own-queries.ts';

type Sent = {
  id: string;
  address: string;
  personaId: string;
  state: Delivery['state'];
  askedAt: Date;
  /** When it left; undefined while it has not. */
  sentAt: Date | undefined;
  /** While it waits: when it is next looked at. */
  dueAt: Date;
};

/** A notice to one of the actor's addresses: enough to know a mail again, nothing of what it told about. */
export type OwnNotice = Sent & {
  what: 'notice';
  /** null: of so many `conversations`, handed over at once. */
  conversationId: string | null;
  conversations: number;
  organisationName: string;
  kind: NoticeKind;
  /** Who wrote, as the mail said; undefined while none has left. */
  sender: string | undefined;
};

/** A code, an alert or an invitation to one of them: which, and never what it held. */
export type OwnMail = Sent & {
  what: 'code' | 'alert' | 'invitation';
  /** What the code was for, or what the alert told. */
  about: string | undefined;
  /** Who invited. */
  organisationName: string | undefined;
};

const pageOfNotices = 20;

/**
 * Every mail sent to the actor's addresses, or that waits, the newest first, twenty a page: notices, codes, alerts and invitations. `before` is where the page before it ended; `next`
 * is where this one ends, when more follow. An address that left the profile takes its notices along.
 */
export async function listOwnNotices(
  ctx: SignedInCtx,
  { before }: { before?: string | undefined },
): Promise<{ rows: (OwnNotice | OwnMail)[]; next: string | undefined }> {
  const from = z.uuid().safeParse(before);
  const rows = await selectOwnMails(ctx, { before: from.success ? from.data : undefined, limit: pageOfNotices + 1 });
  const page = rows.slice(0, pageOfNotices);
  return { rows: page, next: rows.length > pageOfNotices ? page.at(-1)?.id : undefined };
}
