import type { SignedInCtx } from '#context';
import { selectHolders } from './queries.ts';

/** An address under which the actor may start a conversation, with what the form needs to know of its organisation. */
export type HolderPersona = {
  personaId: string;
  address: string;
  organisationId: string;
  organisationName: string;
  timeZone: string;
  expiryDays: number | undefined;
};

/** The actor's addresses that are collaborators in force, oldest address first. Empty for participants (000-06). */
export async function listHolderPersonas(ctx: SignedInCtx): Promise<HolderPersona[]> {
  const holders = await selectHolders(ctx, ctx.actor.profileId);
  return holders.map((holder) => ({ ...holder, expiryDays: holder.expiryDays ?? undefined }));
}
