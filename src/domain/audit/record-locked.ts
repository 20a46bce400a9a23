import { atomically, type Ctx } from '#context';
import { takeFromBudget } from '#platform/throttle/budgets.ts';
import { insertLockedEntries } from './queries.ts';

/** More organisations than anybody works for. */
const employersAtMost = 20;

/**
 * Somebody's tries at an address are used up: every organisation it works for has a line, once a day. The same statements run for an address
 * that is nobody's, so that the time taken tells nothing.
 */
export function recordLocked(ctx: Ctx, locked: { addressKey: string; means: 'password' | 'code' }): Promise<void> {
  return atomically(ctx, async (inside) => {
    const once = { key: `locked:${locked.means}:${locked.addressKey}`, limit: 1, windowSeconds: 86_400, now: inside.now() };
    if (!(await takeFromBudget(inside.db, once)).allowed) return;
    await insertLockedEntries(inside, { ...locked, ids: Array.from({ length: employersAtMost }, () => inside.newId()) });
  });
}
