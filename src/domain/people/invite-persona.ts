import type { Ctx } from '#context';
import { addressKey } from '#shared/people.ts';
import { insertPersonasIfAbsent, listPersonasByKey } from './queries.ts';

type Invited = { id: string; address: string };

/** The persona of an address, made without a profile when nobody was ever written to there. In the caller's transaction. */
export async function findOrInvitePersona(ctx: Ctx, address: string): Promise<Invited> {
  const [invited] = await findOrInvitePersonas(ctx, [address]);
  if (!invited) throw new Error('An address gave no persona');
  return invited;
}

/** The personas of several addresses, one each, in the order given: three statements at most, whatever their number. In the caller's transaction. */
export async function findOrInvitePersonas(ctx: Ctx, addresses: readonly string[]): Promise<Invited[]> {
  const asked = new Map(addresses.map((address) => [addressKey(address), address]));
  const known = await listPersonasByKey(ctx, [...asked.keys()]);
  const missing = new Map([...asked].filter(([key]) => !known.has(key)));
  if (missing.size > 0) {
    await insertPersonasIfAbsent(ctx, missing);
    for (const [key, persona] of await listPersonasByKey(ctx, [...missing.keys()])) known.set(key, persona);
  }
  return [...asked.keys()].map((key) => {
    const persona = known.get(key);
    if (!persona) throw new Error('A persona just inserted is absent');
    return { id: persona.id, address: persona.address };
  });
}
