import { afterCommit, type Ctx } from '#context';

export const deliveryJob = 'deliver-mails';

/**
 * Has what is due sent soon after the transaction under way has committed. No job in the queue: rows say what is due, a sweep every fifteen
 * seconds finds what a process that died left, and people who post at the same moment share a run (docs/adr/0031).
 */
export function nudgeDelivery(ctx: Ctx): void {
  afterCommit(ctx, deliveryJob, () => ctx.jobs.nudge(deliveryJob));
}
