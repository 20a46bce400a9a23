import type { Ctx } from '#context';
import { updateQueuedNoticesSent } from './queries.ts';

/** Declares every waiting notice sent without a mail, at the date it was asked for: a past that is loaded needs no telling. */
export function settleQueuedNotices(ctx: Ctx): Promise<void> {
  return updateQueuedNoticesSent(ctx);
}
