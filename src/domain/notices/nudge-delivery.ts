import type { Ctx } from '#context';

export const deliveryJob = 'deliver-mails';

/**
 * Asks that what is due be sent soon. No singleton key: the unique index behind it would make concurrent posts wait for each other's commit,
 * and a second job that finds nothing due costs one query.
 */
export function nudgeDelivery(ctx: Ctx): Promise<void> {
  return ctx.jobs.enqueue(ctx.db, deliveryJob, {});
}
