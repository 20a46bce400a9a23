import type { Ctx } from '#context';
import { createOrganisation, findOrganisationBySlug, listOrganisations, type Organisation } from '#domain/organisations/api.ts';
import { isTimeZone } from '#domain/people/api.ts';
import { type Arguments, completeOptions } from './arguments.ts';
import { withContext } from './open.ts';
import { refusal, tell } from './terminal.ts';

export const organisationShape = { options: ['organisation', 'slug', 'zone'] } as const;

/** `organisation add`: another organisation on the same Pli. */
export async function addOrganisation(given: Arguments): Promise<void> {
  const asked = await completeOptions(given, ['organisation', 'slug', 'zone']);
  checkOrganisation(asked);
  await withContext(async (ctx) => {
    await found(ctx, asked);
  });
}

type NewOrganisation = { organisation: string; slug: string; zone: string };

export function checkOrganisation({ slug, zone }: NewOrganisation): void {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(slug)) throw refusal('slug.wrong', { slug });
  if (!isTimeZone(zone)) throw refusal('zone.wrong', { zone });
}

export async function found(ctx: Ctx, { organisation, slug, zone }: NewOrganisation): Promise<Organisation> {
  if (await findOrganisationBySlug(ctx, slug)) throw refusal('slug.taken', { slug });
  const made = await createOrganisation(ctx, { slug, name: organisation, timeZone: zone, locale: zone.startsWith('Europe/') ? 'fr-FR' : 'fr-CA' });
  tell('organisation.added', { name: made.name, slug });
  return made;
}

/** The organisation named by its slug; without a slug the only one there is. */
export async function chooseOrganisation(ctx: Ctx, slug: string | undefined): Promise<Organisation> {
  const all = await listOrganisations(ctx);
  const chosen = slug === undefined && all.length === 1 ? all[0] : all.find((one) => one.slug === slug);
  if (chosen) return chosen;
  throw all.length === 0 ? refusal('organisation.none') : refusal('organisation.which', { slugs: all.map((one) => one.slug).join(', ') });
}
