import type { Ctx } from '#context';
import { policyOf } from '#domain/organisations/api.ts';

/** How long a message may live at least and at most, in days after its sending (S-03). */
export type ExpiryCaps = { min: number; max: number };

/** The caps of an organisation's policy. */
export async function expiryCaps(ctx: Ctx, organisationId: string): Promise<ExpiryCaps> {
  const { expiryDays } = await policyOf(ctx, organisationId);
  return { min: expiryDays.min, max: expiryDays.max };
}
