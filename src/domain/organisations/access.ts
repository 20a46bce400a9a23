import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import { canAdminister } from './policy.ts';

/** The door to changing memberships. Absent and forbidden are one answer. */
export function accessAdministration(ctx: Ctx, organisationId: string): Result<{ organisationId: string }> {
  return canAdminister(ctx.actor, organisationId) ? ok({ organisationId }) : refuse('organisation.not-found');
}
