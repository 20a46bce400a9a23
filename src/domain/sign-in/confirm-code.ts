import { atomically, type Ctx } from '#context';
import { recordLocked } from '#domain/audit/api.ts';
import { giveBackToBudget, takeFromBudget } from '#platform/throttle/budgets.ts';
import { type Result, refuse } from '#result';
import { codeRules } from '#shared/sign-in.ts';
import { type Account, findAccount } from './account-queries.ts';
import { giveBackBeginning } from './begin-budget.ts';
import { giveBackSource, wrongTries } from './code-budgets.ts';
import { codeLaneOf } from './code-lane.ts';
import { countCodeTry, findFlow, insertProvenFlow, updateFlowCodeUsed } from './flow-queries.ts';
import type { Flow, Step, Visit } from './flows.ts';
import { forgetWrongTries } from './guesses.ts';
import { stepAfterProof } from './next-step.ts';
import { codeHash, newToken, sameHash, tokenHash } from './secrets.ts';

/**
 * Tries a code in the browser that asked for it. Right, it has served, and the answer is where to go next. `ownDevice`: «C'est mon appareil».
 * Refusals: `sign-in.code-missing` (not eight digits, no try counted), `code-wrong` with `count` tries left, `code-spent`, `code-expired`,
 * `code-used`, `code-too-many-wrong`, `start-again`, `suspended`.
 */
export async function confirmCode(ctx: Ctx, visit: Visit, typed: { code: string; ownDevice: boolean }): Promise<Result<Step>> {
  const flow = visit.flow === undefined ? undefined : await findFlow(ctx, tokenHash(visit.flow));
  if (!flow) return refuse('sign-in.start-again');
  const code = digitsOf(typed.code);
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
  const { tried } = await atomically(ctx, async (inside) => ({ tried: await tryCode(inside, { flow, visit, account, code, ownDevice: typed.ownDevice }) }));
  if (tried.ok || !countedRefusals.includes(tried.refusal.code)) await giveBackToBudget(ctx.db, budget.key);
  if (tried.ok) {
    await giveBackSource(ctx, visit.source);
    await giveBackBeginning(ctx, visit.source);
    await forgetWrongTries(ctx, { addressKey: flow.addressKey, account });
  }
  return tried;
}

const countedRefusals: readonly string[] = ['sign-in.code-wrong', 'sign-in.code-spent'];

type Attempt = { flow: Flow; visit: Visit; account: Account; code: string; ownDevice: boolean };

async function tryCode(ctx: Ctx, { flow, visit, account, code, ownDevice }: Attempt): Promise<Result<Step>> {
  const counted = await countCodeTry(ctx, flow.id);
  if (!counted) return whyNot(ctx, flow.id);
  if (!sameHash(counted.hash, codeHash(ctx, flow.id, code))) {
    const left = codeRules.triesPerCode - counted.tries;
    return left > 0 ? refuse('sign-in.code-wrong', { count: left }) : refuse('sign-in.code-spent');
  }
  await updateFlowCodeUsed(ctx, flow.id);
  const token = newToken(ctx);
  await insertProvenFlow(ctx, flow, { id: tokenHash(token), address: true, ownDevice });
  const proven = { ...flow, id: tokenHash(token), addressProven: true, ownDevice };
  return stepAfterProof(ctx, { flow: proven, token, visit, account });
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
