import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import { addressKey, addressSchema } from '#shared/people.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { isReadableText } from '#shared/sign-in.ts';
import { accessFlow } from './access.ts';
import { insertFlow, updateFlowReturn } from './flow-queries.ts';
import type { Purpose } from './flows.ts';
import { newToken, tokenHash } from './secrets.ts';

/**
 * What «Continuer» does after an identifier: opens a flow and gives its token for the browser's cookie. Nothing is looked up, so that nothing
 * can be told. The same browser coming back for the same thing goes on with the code it already has.
 */
export async function beginSignIn(
  ctx: Ctx,
  asked: { identifier: string; purpose: Purpose; returnTo: string | undefined; flow: string | undefined },
): Promise<Result<{ flow: string }>> {
  if (!isReadableText(asked.identifier)) return refuse('sign-in.text-unreadable');
  if (asked.identifier.trim() === '') return refuse('sign-in.identifier-missing');
  const address = addressSchema.safeParse(asked.identifier);
  if (!address.success) return refuse('sign-in.identifier-not-an-address');
  const key = addressKey(address.data);
  const returnTo = safeReturnPath(asked.returnTo);
  const current = await accessFlow(ctx, asked.flow);
  if (asked.flow !== undefined && current.ok && goesOn(current.value, asked.purpose, key)) {
    await updateFlowReturn(ctx, current.value.id, returnTo);
    return ok({ flow: asked.flow });
  }
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
