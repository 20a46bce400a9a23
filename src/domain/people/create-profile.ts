import { atomically, type Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Locale } from '#shared/locales.ts';
import { foldName, nameFault } from '#shared/people.ts';
import { adoptPersona } from './adopt-persona.ts';
import { findPersonaByAddress, insertProfile } from './queries.ts';

export type NewProfile = { displayName: string; addresses: readonly string[]; locale?: Locale | undefined; timeZone?: string | undefined };

export type CreatedProfile = { profileId: string; displayName: string; personas: { id: string; address: string }[] };

/** A human with the addresses that are theirs, in the order given. Refused whole (`person.address-taken`) when one belongs to somebody. */
export async function createProfile(ctx: Ctx, asked: NewProfile): Promise<Result<CreatedProfile>> {
  const fault = nameFault(asked.displayName);
  if (fault) return refuse(fault);
  return atomically(ctx, async (inside) => {
    for (const address of asked.addresses) {
      const persona = await findPersonaByAddress(inside, address);
      if (persona?.profileId) return refuse('person.address-taken');
    }
    return insertWhole(inside, asked);
  });
}

async function insertWhole(ctx: Ctx, asked: NewProfile): Promise<Result<CreatedProfile>> {
  const profileId = ctx.newId();
  const displayName = foldName(asked.displayName);
  await insertProfile(ctx, { id: profileId, displayName, locale: asked.locale, timeZone: asked.timeZone, theme: 'auto', status: 'active' });
  const personas = [];
  for (const address of asked.addresses) {
    const adopted = await adoptPersona(ctx, { profileId, address });
    // Somebody else proved the address since it was looked at: the refusal undoes the whole transaction.
    if (!adopted.ok) return adopted;
    personas.push(adopted.value);
  }
  return ok({ profileId, displayName, personas });
}
