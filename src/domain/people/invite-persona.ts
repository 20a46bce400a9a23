import type { Ctx } from '#context';
import { findPersonaByAddress, insertPersonaIfAbsent } from './queries.ts';

/** The persona of an address, made without a profile when nobody was ever written to there. In the caller's transaction. */
export async function findOrInvitePersona(ctx: Ctx, address: string): Promise<{ id: string; address: string }> {
  const known = await findPersonaByAddress(ctx, address);
  if (known) return { id: known.id, address: known.address };
  await insertPersonaIfAbsent(ctx, address);
  const invited = await findPersonaByAddress(ctx, address);
  if (!invited) throw new Error('A persona just inserted is absent');
  return { id: invited.id, address: invited.address };
}
