import { atomically, type Ctx } from '#context';
import { type Budget, giveBackToBudget, peekBudget, takeFromBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result } from '#result';
import { codeRules } from '#shared/sign-in.ts';
import { findAccount } from './account-queries.ts';
import { codeLaneOf } from './code-lane.ts';
import type { Flow, Visit } from './flows.ts';
import { fingerprint } from './secrets.ts';
import { refuseUntil } from './waits.ts';

/** Codes asked for by one source in an hour, whatever the addresses; those that come back are given back. */
const perSourceHour = 300;

type Counted = Pick<Flow, 'addressKey'> & { lane: string };

/** Takes one code from each allowance of S-14 and from the source's, or none: a refusal undoes what was taken before it. */
export function takeCode(ctx: Ctx, counted: Counted, source: string): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    for (const budget of [...addressBudgets(inside, counted), sourceBudget(inside, source)]) {
      const taken = await takeFromBudget(inside.db, budget);
      if (!taken.allowed) return refuseUntil(inside, 'sign-in.code-wait', taken.retryAt);
    }
    return ok();
  });
}

/** When this browser may ask for another code; undefined: now. Takes nothing. */
export async function nextCodeAt(ctx: Ctx, flow: Flow, visit: Visit): Promise<Date | undefined> {
  const lane = await codeLaneOf(ctx, flow, await findAccount(ctx, flow, visit.device));
  const peeked = await Promise.all(addressBudgets(ctx, { ...flow, lane }).map((budget) => peekBudget(ctx.db, budget)));
  const waits = peeked.flatMap((each) => (each.retryAt ? [each.retryAt.getTime()] : []));
  return waits.length > 0 ? new Date(Math.max(...waits)) : undefined;
}

export async function giveBackSource(ctx: Ctx, source: string): Promise<void> {
  await giveBackToBudget(ctx.db, sourceBudget(ctx, source).key);
}

/** S-14: twenty wrong tries a day an account and lane (`codeLaneOf`), whatever the number of codes. */
export function wrongTries(ctx: Ctx, { addressKey, lane }: Counted): Budget {
  return { ...budget(ctx, `code-wrong:${addressKey}:${lane}`), limit: codeRules.wrongPerDay, windowSeconds: 86_400 };
}

function addressBudgets(ctx: Ctx, { addressKey, lane }: Counted): Budget[] {
  const of = (window: string) => budget(ctx, `code-${window}:${addressKey}:${lane}`);
  return [
    { ...of('between'), limit: 1, windowSeconds: codeRules.betweenSeconds },
    { ...of('hour'), limit: codeRules.perHour, windowSeconds: 3600 },
    { ...of('day'), limit: codeRules.perDay, windowSeconds: 86_400 },
  ];
}

function sourceBudget(ctx: Ctx, source: string): Budget {
  return { ...budget(ctx, `code-source:${source}`), limit: perSourceHour, windowSeconds: 3600 };
}

function budget(ctx: Ctx, name: string): Pick<Budget, 'key' | 'now'> {
  return { key: fingerprint(ctx, name), now: ctx.now() };
}
