import type { Ctx } from '#context';
import { type Refusal, refuse } from '#result';

/** A refusal that says how long to wait, in the unit that reads best. */
export function refuseUntil(ctx: Ctx, about: 'sign-in.wait' | 'sign-in.code-wait' | 'sign-in.begin-wait', at: Date): { ok: false; refusal: Refusal } {
  const seconds = Math.max(1, Math.ceil((at.getTime() - ctx.now().getTime()) / 1000));
  if (seconds <= 90) return refuse(`${about}-seconds`, { count: seconds, seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return refuse(`${about}-minutes`, { count: minutes, seconds });
  return refuse(`${about}-hours`, { count: Math.ceil(minutes / 60), seconds });
}
