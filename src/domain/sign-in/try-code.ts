import { atomically, type Ctx } from '#context';
import { recordLocked } from '#domain/audit/api.ts';
import { giveBackToBudget, takeFromBudget } from '#platform/throttle/budgets.ts';
import { type Result, refuse } from '#result';
import { codeRules } from '#shared/sign-in.ts';
import { type Account, findAccount } from './account-queries.ts';
import { giveBackSource, wrongTries } from './code-budgets.ts';
import { codeLaneOf } from './code-lane.ts';
import { countCodeTry, findFlow, updateFlowCodeUsed } from './flow-queries.ts';
import type { Flow, Visit } from './flows.ts';
import { forgetWrongTries } from './guesses.ts';
import { codeHash, sameHash } from './secrets.ts';

type Typed = { flow: Flow; visit: Pick<Visit, 'device' | 'source'>; code: string };

/**
 * Tries a code that was typed, under the rules of S-14. Right, it has served, and `proven` goes on in the same transaction; what it refuses
 * is not counted as a wrong try, and the code has served all the same.
 * Refusals: `sign-in.code-missing` (not eight digits, no try counted), `code-wrong` with `count` tries left, `code-spent`, `code-expired`,
 * `code-used`, `code-too-many-wrong`, `start-again`, and those of `proven`.
 */
export async function tryTypedCode<T>(
  ctx: Ctx,
  { flow, visit, code: typed }: Typed,
  proven: (inside: Ctx, account: Account) => Promise<Result<T>>,
): Promise<Result<T>> {
  const code = digitsOf(typed);
  if (code === undefined) return refuse('sign-in.code-missing');
  const account = await findAccount(ctx, flow, visit.device);
  const budget = wrongTries(ctx, { addressKey: flow.addressKey, lane: await codeLaneOf(ctx, flow, account) });
  // Counted first and given back when right: 50 tries at the same moment count as 50, and a new code resets nothing.
  const allowed = await takeFromBudget(ctx.db, budget);
  if (!allowed.allowed) {
    await recordLocked(ctx, { addressKey: flow.addressKey, means: 'code' });
    return refuse('sign-in.code-too-many-wrong');
  }
  // Wrapped: a refusal given bare would undo the count of the try.
  const { tried } = await atomically(ctx, async (inside) => {
    const refused = await weighCode(inside, flow, code);
    return { tried: refused ?? (await proven(inside, account)) };
  });
  if (tried.ok || !countedRefusals.includes(tried.refusal.code)) await giveBackToBudget(ctx.db, budget.key);
  if (tried.ok) {
    await giveBackSource(ctx, visit.source);
    await forgetWrongTries(ctx, { addressKey: flow.addressKey, account });
  }
  return tried;
}

const countedRefusals: readonly string[] = ['sign-in.code-wrong', 'sign-in.code-spent'];

/** Undefined when it is the right one, which has then served. */
async function weighCode(ctx: Ctx, flow: Flow, code: string): Promise<Result<never> | undefined> {
  const counted = await countCodeTry(ctx, flow.id);
  if (!counted) return whyNot(ctx, flow.id);
  if (!sameHash(counted.hash, codeHash(ctx, flow.id, code))) {
    const left = codeRules.triesPerCode - counted.tries;
    return left > 0 ? refuse('sign-in.code-wrong', { count: left }) : refuse('sign-in.code-spent');
  }
  await updateFlowCodeUsed(ctx, flow.id);
  return undefined;
}

async function whyNot(ctx: Ctx, flowId: string): Promise<Result<never>> {
  const flow = await findFlow(ctx, flowId);
  if (!flow?.code) return refuse('sign-in.start-again');
  if (flow.code.used) return refuse('sign-in.code-used');
  if (flow.ended) return refuse('sign-in.start-again');
  return refuse(flow.code.expiresAt <= ctx.now() ? 'sign-in.code-expired' : 'sign-in.code-spent');
}

/** Spaces and dashes are ignored, digits of other scripts and widths folded by NFKC; undefined when it cannot be a code. */
function digitsOf(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^[0-9]{8}$/.test(digits) ? digits : undefined;
}
