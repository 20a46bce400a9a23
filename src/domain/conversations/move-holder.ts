import type { Ctx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import { ok, type Result, refuse } from '#result';
import { givePart } from './give-part.ts';
import { updateHolder } from './holder-queries.ts';
import { joinDelegates, leaveDelegates, leaveLapsed } from './join-delegates.ts';
import { noteActivity } from './note-activity.ts';
import { sharePast } from './share-past.ts';
import type { LockedConversation } from './write-queries.ts';

type Move = {
  place: { organisationId: string; conversationId: string };
  locked: LockedConversation;
  toPersonaId: string;
  /** Who decided it; undefined is Pli's administration. */
  byPersonaId: string | undefined;
  kind: 'taken-over' | 'transferred';
  /** What the former holder reads of before is given too. Otherwise somebody who did not take part reads only what comes from now on. */
  withPast: boolean;
};

/**
 * Gives a conversation, whose row is locked, to another collaborator in force of its organisation (000-32, 000-A2). Whoever held it stays
 * in it as a collaborator; old messages keep their sender; a line among the messages says who holds it from now on.
 * Refuses `holder.not-a-collaborator`.
 */
export async function moveHolder(ctx: Ctx, { place, locked, toPersonaId, byPersonaId, kind, withPast }: Move): Promise<Result<undefined>> {
  const inForce = await listActiveCollaborators(ctx, { organisationId: place.organisationId, personaIds: [toPersonaId] });
  if (!inForce.has(toPersonaId)) return refuse('holder.not-a-collaborator');
  await leaveLapsed(ctx, place, locked.messageCount);
  await updateHolder(ctx.db, place, { from: locked.holderPersonaId, to: toPersonaId });
  const lineId = ctx.newId();
  await givePart(ctx, place, { personaId: toPersonaId, role: 'holder', messageCount: locked.messageCount, lineId });
  // A colleague who replaced the former holder goes, one who replaces the new one comes.
  await leaveDelegates(ctx, place, { personaId: locked.holderPersonaId, messageCount: locked.messageCount, but: toPersonaId });
  await joinDelegates(ctx, place, { personaId: toPersonaId, messageCount: locked.messageCount });
  if (withPast) await sharePast(ctx, place, { fromPersonaId: locked.holderPersonaId, toPersonaId });
  await noteActivity(ctx, {
    ...place,
    id: lineId,
    kind,
    afterPosition: locked.messageCount,
    subjectPersonaId: toPersonaId,
    ...(byPersonaId ? { personaId: byPersonaId } : {}),
  });
  return ok();
}
