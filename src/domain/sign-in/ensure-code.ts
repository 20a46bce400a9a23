import type { Ctx } from '#context';
import { ok, type Result } from '#result';
import { accessFlow } from './access.ts';
import { beginSignIn } from './begin-sign-in.ts';
import type { Purpose, Visit } from './flows.ts';
import { requestCode } from './request-code.ts';

/** Sends a code, unless one that this browser asked for a moment ago still serves and no other may leave yet. Refusals: those of `requestCode`. */
export async function ensureCode(ctx: Ctx, visit: Visit): Promise<Result<undefined>> {
  const sent = await requestCode(ctx, visit);
  if (sent.ok) return sent;
  const door = await accessFlow(ctx, visit.flow);
  const pending = door.ok && door.value.code && door.value.code.triesLeft > 0 && door.value.code.expiresAt > ctx.now();
  return pending ? ok() : sent;
}

/** Opening an account and resetting a password begin alike: an identifier, and the code sent there at once. */
export async function beginWithCode(
  ctx: Ctx,
  visit: Visit,
  asked: { identifier: string; purpose: Purpose; returnTo: string | undefined },
): Promise<Result<{ flow: string }>> {
  const begun = await beginSignIn(ctx, { ...asked, visit });
  if (!begun.ok) return begun;
  const sent = await ensureCode(ctx, { ...visit, flow: begun.value.flow });
  return sent.ok ? begun : sent;
}
