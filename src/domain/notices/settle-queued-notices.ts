import type { Ctx } from '#context';
import { updateUnsentNoticesSent } from './queries.ts';

/** Declares every notice of which no mail was written sent all the same, at the date it was asked for: a past that is loaded needs no telling. */
export function settleQueuedNotices(ctx: Ctx): Promise<void> {
  return updateUnsentNoticesSent(ctx);
}
