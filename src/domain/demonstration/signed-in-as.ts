import type { Ctx, SignedInCtx } from '#context';
import { findPersonaByAddress, listPersonas } from '#domain/people/api.ts';
import { listActorMemberships } from './queries.ts';

/** The context of the person an address belongs to, as their session would give it: for loading the world and for tests. Throws when nobody has it. */
export async function signedInAs<C extends Ctx>(ctx: C, address: string): Promise<C & SignedInCtx> {
  const persona = await findPersonaByAddress(ctx, address);
  if (!persona?.profileId) throw new Error('Nobody has this address');
  const { profileId, displayName = '' } = persona;
  const personas = (await listPersonas(ctx, profileId)).map(({ id, address }) => ({ id, address }));
  const memberships = await listActorMemberships(ctx, profileId);
  return { ...ctx, actor: { profileId, sessionId: ctx.newId(), displayName, timeZone: undefined, personas, memberships } };
}
