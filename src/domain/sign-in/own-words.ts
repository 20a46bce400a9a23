import type { Ctx } from '#context';
import { listOrganisationNames } from '#domain/organisations/api.ts';
import { listPersonas } from '#domain/people/api.ts';

/** The words a person's password may not rest on: their name, their addresses, their organisations, and ours. */
export async function ownWordsOf(ctx: Ctx, person: { profileId?: string; name: string; address?: string }): Promise<string[]> {
  const personas = person.profileId === undefined ? [] : await listPersonas(ctx, person.profileId);
  const organisations = await listOrganisationNames(
    ctx,
    personas.map((persona) => persona.id),
  );
  const addresses = [...personas.map((persona) => persona.address), ...(person.address === undefined ? [] : [person.address])];
  return [person.name, ...addresses, ...organisations, 'Pli', 'Connexion'];
}
