import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import { addressKey, addressSchema } from '#shared/people.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { isReadableText } from '#shared/sign-in.ts';
import { accessFlow } from './access.ts';
import { takeBeginning } from './begin-budget.ts';
import { insertFlow, updateFlowReturn } from './flow-queries.ts';
import type { Purpose, Visit } from './flows.ts';
import { newToken, tokenHash } from './secrets.ts';

/**
 * What «Continuer» does after an identifier: opens a flow and gives its token for the browser's cookie. Nothing is looked up, so that nothing
 * can be told. The same browser coming back for the same thing goes on with the code it already has. Refused with `sign-in.begin-wait-…`
 * when one source begins very many without proving anything.
 */
export async function beginSignIn(
  ctx: Ctx,
  asked: { identifier: string; purpose: Purpose; returnTo: string | undefined; visit: Pick<Visit, 'flow' | 'source'> },
): Promise<Result<{ flow: string }>> {
  if (!isReadableText(asked.identifier)) return refuse('sign-in.text-unreadable');
  if (asked.identifier.trim() === '') return refuse('sign-in.identifier-missing');
  const address = addressSchema.safeParse(asked.identifier);
  if (!address.success) return refuse('sign-in.identifier-not-an-address');
  const key = addressKey(address.data);
  const returnTo = safeReturnPath(asked.returnTo);
  const known = asked.visit.flow;
  const current = await accessFlow(ctx, known);
  if (known !== undefined && current.ok && goesOn(current.value, asked.purpose, key)) {
    await updateFlowReturn(ctx, current.value.id, returnTo);
    return ok({ flow: known });
  }
  const taken = await takeBeginning(ctx, asked.visit.source);
  if (!taken.ok) return taken;
  const flow = newToken(ctx);
  await insertFlow(ctx, { id: tokenHash(flow), purpose: asked.purpose, address: address.data, addressKey: key, returnTo });
  return ok({ flow });
}

/** A proof is never carried into a new beginning: only a flow without any goes on. */
function goesOn(
  flow: { purpose: Purpose; addressKey: string; addressProven: boolean; passwordProvenBy: string | undefined },
  purpose: Purpose,
  key: string,
): boolean {
  return flow.purpose === purpose && flow.addressKey === key && !flow.addressProven && flow.passwordProvenBy === undefined;
}
