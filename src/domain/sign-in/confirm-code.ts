import type { Ctx } from '#context';
import { type Result, refuse } from '#result';
import { giveBackBeginning } from './begin-budget.ts';
import { findFlow, insertProvenFlow } from './flow-queries.ts';
import type { Step, Visit } from './flows.ts';
import { stepAfterProof } from './next-step.ts';
import { newToken, tokenHash } from './secrets.ts';
import { tryTypedCode } from './try-code.ts';

/**
 * Tries a code in the browser that asked for it. Right, it has served, and the answer is where to go next. `ownDevice`: «C'est mon appareil».
 * Refusals: those of `tryTypedCode`, and `suspended`.
 */
export async function confirmCode(ctx: Ctx, visit: Visit, typed: { code: string; ownDevice: boolean }): Promise<Result<Step>> {
  const flow = visit.flow === undefined ? undefined : await findFlow(ctx, tokenHash(visit.flow));
  if (!flow) return refuse('sign-in.start-again');
  const { ownDevice } = typed;
  const step = await tryTypedCode(ctx, { flow, visit, code: typed.code }, async (inside, account) => {
    const token = newToken(inside);
    await insertProvenFlow(inside, flow, { id: tokenHash(token), address: true, ownDevice });
    const proven = { ...flow, id: tokenHash(token), addressProven: true, ownDevice };
    return stepAfterProof(inside, { flow: proven, token, visit, account });
  });
  if (step.ok) await giveBackBeginning(ctx, visit.source);
  return step;
}
