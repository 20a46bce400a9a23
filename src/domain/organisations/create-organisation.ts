import type { Ctx } from '#context';
import type { Organisation } from './organisations.ts';
import { insertOrganisation } from './queries.ts';

export type NewOrganisation = Omit<Organisation, 'id' | 'expiryDays' | 'support'> & {
  expiryDays?: number | undefined;
  support?: Partial<Organisation['support']>;
};

/** Founds an organisation. For administration and the demonstration; a slug already taken throws. */
export async function createOrganisation(ctx: Ctx, asked: NewOrganisation): Promise<Organisation> {
  const noContact = { phone: undefined, email: undefined, hoursFr: undefined, hoursEn: undefined };
  const organisation = { ...asked, id: ctx.newId(), expiryDays: asked.expiryDays, support: { ...noContact, ...asked.support } };
  await insertOrganisation(ctx, organisation);
  return organisation;
}
