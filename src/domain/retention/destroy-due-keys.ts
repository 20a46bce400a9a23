import type { Ctx } from '#context';
import { conversationsNeedKey } from '#domain/conversations/api.ts';
import { mayDestroyNow, noteTick } from '#platform/clock/trusted-clock.ts';
import { dayMilliseconds } from '#shared/expiry.ts';
import { isWaitingDayUsed } from './queries.ts';

/**
 * Due work, after the sweeps: destroys the keys of days that are 24 h past and that no row needs, when the clocks may be trusted.
 * `machineNow` is the machine's own clock, which the demonstration does not move. Running twice finds nothing the second time.
 */
export async function destroyDueKeys(ctx: Ctx, machineNow: () => Date): Promise<void> {
  if (!(await mayDestroyNow(ctx, machineNow))) return;
  const now = ctx.now();
  for (const day of await ctx.keys.listDays()) {
    if (!isPast(day, now)) break;
    if ((await conversationsNeedKey(ctx, day)) || (await isWaitingDayUsed(ctx.db, day))) continue;
    await ctx.keys.destroyDay(day);
    ctx.log.info({ day }, 'The key of a past day is destroyed');
  }
  await noteTick(ctx.db, now);
}

/** A UTC day is over 24 h after its midnight, and past 24 h after that. */
function isPast(day: string, now: Date): boolean {
  return now.getTime() >= Date.parse(`${day}T00:00:00Z`) + 2 * dayMilliseconds;
}
