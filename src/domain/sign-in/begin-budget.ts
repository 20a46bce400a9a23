import type { Ctx } from '#context';
import { type Budget, giveBackToBudget, takeFromBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result } from '#result';
import { fingerprint } from './secrets.ts';
import { refuseUntil } from './waits.ts';

/**
 * Flows begun by one source in an hour that have not come to a proof: each is a row for a day. Wide, for a school or a hospital stands behind one
 * address, and those that are proven are given back.
 */
const perSourceHour = 1000;

export async function takeBeginning(ctx: Ctx, source: string): Promise<Result<undefined>> {
  const taken = await takeFromBudget(ctx.db, budgetOf(ctx, source));
  return taken.allowed ? ok() : refuseUntil(ctx, 'sign-in.begin-wait', taken.retryAt);
}

/** What was begun has been proven: it does not count against the source. */
export async function giveBackBeginning(ctx: Ctx, source: string): Promise<void> {
  await giveBackToBudget(ctx.db, budgetOf(ctx, source).key);
}

function budgetOf(ctx: Ctx, source: string): Budget {
  return { key: fingerprint(ctx, `begin-source:${source}`), limit: perSourceHour, windowSeconds: 3600, now: ctx.now() };
}
