import type { Ctx } from '#context';

/** How long a message may live at least and at most, in days after its sending (S-03). */
export type ExpiryCaps = { min: number; max: number };

/** The caps of an organisation's policy. */
export async function expiryCaps(_ctx: Ctx, _organisationId: string): Promise<ExpiryCaps> {
  return { min: 1, max: 3660 };
}
