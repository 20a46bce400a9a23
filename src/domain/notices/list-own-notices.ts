import { z } from 'zod';
import type { SignedInCtx } from '#context';
import type { Delivery } from './list-deliveries.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { selectOwnNotices } from './own-queries.ts';

/** A notice to one of the actor's addresses: enough to know a mail again, nothing of what it told about. */
export type OwnNotice = {
  id: string;
  address: string;
  personaId: string;
  conversationId: string;
  organisationName: string;
  kind: NoticeKind;
  state: Delivery['state'];
  /** Who wrote, as the mail said; undefined while none has left. */
  sender: string | undefined;
  askedAt: Date;
  /** When it left; undefined while it has not. */
  sentAt: Date | undefined;
  /** While it waits: when it is next looked at. */
  dueAt: Date;
};

const pageOfNotices = 20;

/**
 * The notices sent to the actor's addresses, or that wait, the newest first, twenty a page. `before` is where the page before it ended; `next`
 * is where this one ends, when more follow. An address that left the profile takes its notices along.
 */
export async function listOwnNotices(ctx: SignedInCtx, { before }: { before?: string | undefined }): Promise<{ rows: OwnNotice[]; next: string | undefined }> {
  const from = z.uuid().safeParse(before);
  const rows = await selectOwnNotices(ctx, { before: from.success ? from.data : undefined, limit: pageOfNotices + 1 });
  const page = rows.slice(0, pageOfNotices);
  return { rows: page, next: rows.length > pageOfNotices ? page.at(-1)?.id : undefined };
}
