import type { Ctx } from '#context';
import { updateSees } from './holder-queries.ts';
import { findParticipation } from './people-queries.ts';

type Place = { organisationId: string; conversationId: string };

/**
 * Whoever takes part reads from now on what the one who gives it reads: nobody gives more than they have. Envelopes never opened count as
 * unread. The conversation's row is locked.
 */
export async function sharePast(ctx: Ctx, place: Place, { fromPersonaId, toPersonaId }: { fromPersonaId: string; toPersonaId: string }): Promise<void> {
  const now = ctx.now();
  const giver = await findParticipation(ctx.db, place, { personaId: fromPersonaId, now });
  const reader = await findParticipation(ctx.db, place, { personaId: toPersonaId, now });
  // Whoever sees more already keeps it.
  if (!giver || !reader || reader.visibleFrom <= giver.visibleFrom) return;
  await updateSees(ctx.db, { ...place, personaId: toPersonaId, from: giver.visibleFrom, since: giver.visibleSince });
}
