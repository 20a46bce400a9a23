import type { Ctx } from '#context';
import { updateNoticeOpened } from './queries.ts';
import { updateNoticesSeen } from './reader-queries.ts';

/**
 * The reader has opened a message they were told of, or were about to be: in the caller's transaction. A notice that still waits its turn
 * is then needless; the next message of the same sender is told at once.
 */
export function recordOpened(ctx: Ctx, opened: { organisationId: string; messageId: string; personaId: string }): Promise<void> {
  return updateNoticeOpened(ctx, opened);
}

/** The reader has displayed the conversation for the first time: a notice that only said they were added, and still waits, is needless. */
export function recordSeen(ctx: Ctx, seen: { organisationId: string; conversationId: string; personaId: string }): Promise<void> {
  return updateNoticesSeen(ctx, seen);
}
