import type { Ctx } from '#context';
import type { Policy } from '#shared/policy.ts';
import { findPolicy } from './policy-queries.ts';

/**
 * What an organisation's administrator has decided (000-A3). Remembered in the process, so that no page asks for it each time: a change
 * made here holds at once, one made by another process within ten seconds.
 */
export function policyOf(ctx: Ctx, organisationId: string): Promise<Policy> {
  return ctx.memory.recall(memoryKey(organisationId), () => findPolicy(ctx, organisationId));
}

/** To be called once a change has committed. */
export function forgetPolicy(ctx: Ctx, organisationId: string): void {
  ctx.memory.forget(memoryKey(organisationId));
}

function memoryKey(organisationId: string): string {
  return `policy:${organisationId}`;
}
