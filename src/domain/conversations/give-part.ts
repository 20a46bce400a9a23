import type { Ctx } from '#context';
import { updatePart } from './holder-queries.ts';
import { upsertParticipations } from './people-queries.ts';
import { isTakingPart } from './taking-part-queries.ts';

type Part = {
  personaId: string;
  role: 'holder' | 'collaborator';
  /** Messages there are: whoever comes sees those that follow. */
  messageCount: number;
  /** The line that says it, and the first that whoever comes may read. */
  lineId: string;
  delegation?: { id: string; endsAt: Date };
};

/**
 * Makes a persona take part with this role. Somebody who takes part already keeps what they see; whoever comes, or comes back, sees what is
 * posted from now on. The conversation's row is locked by the caller, and nobody's part in it has run out (`leaveLapsed`).
 */
export async function givePart(ctx: Ctx, place: { organisationId: string; conversationId: string }, part: Part): Promise<void> {
  const at = ctx.now();
  if (!(await isTakingPart(ctx.db, place, { personaId: part.personaId, now: at }))) {
    const visible = { visibleFrom: part.messageCount + 1, visibleSince: part.messageCount === 0 ? undefined : { at, id: part.lineId } };
    await upsertParticipations(ctx.db, { ...place, personaIds: [part.personaId], role: 'collaborator', ...visible, at });
  }
  await updatePart(ctx.db, { ...place, personaId: part.personaId, role: part.role, ...(part.delegation ? { delegation: part.delegation } : {}) });
}
