import type { Ctx } from '#context';
import { updateMessageNoticesWithdrawn } from './reminder-queries.ts';

/**
 * A message was taken back: what was still to be told of it is not, and a mail that would tell nothing else does not leave. In the caller's
 * transaction. A mail already on its way arrives; its link says what became of the message.
 */
export function giveUpNotices(ctx: Ctx, withdrawn: { organisationId: string; messageId: string }): Promise<void> {
  return updateMessageNoticesWithdrawn(ctx, withdrawn);
}
