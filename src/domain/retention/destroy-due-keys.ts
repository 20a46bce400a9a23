import type { Ctx } from '#context';
import { conversationsNeedKey } from '#domain/conversations/api.ts';
import { mayDestroyKeys } from '#platform/keys/may-destroy-keys.ts';
import { dayMilliseconds } from '#shared/expiry.ts';
import { findTick, isWaitingDayUsed, updateKeysHeld, updateLastTick } from './queries.ts';

/**
 * Due work, after the sweeps: destroys the keys of days that are 24 h past and that no row needs, when the clocks may be trusted.
 * `machineNow` is the machine's own clock, which the demonstration does not move. Running twice finds nothing the second time.
 */
export async function destroyDueKeys(ctx: Ctx, machineNow: () => Date): Promise<void> {
  const tick = await findTick(ctx.db);
  if (!tick) return;
  const now = ctx.now();
  const verdict = mayDestroyKeys({ ...tick, now, machineNow: machineNow() });
  if (!verdict.may) {
    if (verdict.reason !== 'held') {
      ctx.log.error({ reason: verdict.reason }, 'Keys are kept until `bin/pli keys confirm`: the clock cannot be trusted');
      await updateKeysHeld(ctx.db, { since: now, reason: verdict.reason });
    }
    return;
  }
  for (const day of await ctx.keys.listDays()) {
    if (!isPast(day, now)) break;
    if ((await conversationsNeedKey(ctx, day)) || (await isWaitingDayUsed(ctx.db, day))) continue;
    await ctx.keys.destroyDay(day);
    ctx.log.info({ day }, 'The key of a past day is destroyed');
  }
  // Time going back is not a tick: the last one stays, so that a leap forward again is measured from it.
  if (!tick.lastTickAt || now > tick.lastTickAt) await updateLastTick(ctx.db, now);
}

/** A UTC day is over 24 h after its midnight, and past 24 h after that. */
function isPast(day: string, now: Date): boolean {
  return now.getTime() >= Date.parse(`${day}T00:00:00Z`) + 2 * dayMilliseconds;
}
