import type { Ctx } from '#context';
import { nudgeDelivery } from './nudge-delivery.ts';
import { updateWaitingDue } from './own-queries.ts';

/**
 * What decides when somebody is told has changed: their wishes, or the zone in which their hours are counted. Notices that wait are looked at
 * again at once by the new rule, in the caller's transaction.
 */
export async function weighAgain(ctx: Ctx, profileId: string): Promise<void> {
  await updateWaitingDue(ctx, profileId);
  nudgeDelivery(ctx);
}
