import { type Ctx, publish } from '#context';
import { discardDraftsOf } from '#domain/drafts/api.ts';
import { withdrawNotices } from '#domain/notices/api.ts';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import { type Delegation, holdDelegation, isPastDelegated, listDelegatesOf, listDelegationsUnderWay } from './delegation-queries.ts';
import { givePart } from './give-part.ts';
import { noteActivity } from './note-activity.ts';
import { updateRemoved } from './people-queries.ts';
import { sharePast } from './share-past.ts';
import { isTakingPart, listLapsed } from './taking-part-queries.ts';

type Place = { organisationId: string; conversationId: string };

/** Whoever replaces the holder today takes part in this conversation, whose row is locked and which holds `messageCount` messages. */
export async function joinDelegates(ctx: Ctx, place: Place, held: { personaId: string; messageCount: number }): Promise<void> {
  const { organisationId } = place;
  for (const delegation of await listDelegationsUnderWay(ctx.db, { organisationId, personaId: held.personaId, now: ctx.now() })) {
    await joinDelegate(ctx, place, { delegation, messageCount: held.messageCount });
  }
}

/**
 * One colleague takes part as a collaborator until the delegation ends, from now on, or with the past where the holder said so: as much of it
 * as the holder has. Somebody who takes part already, or is no collaborator in force, changes nothing; nor does a delegation that was ended
 * meanwhile.
 */
export async function joinDelegate(ctx: Ctx, place: Place, asked: { delegation: Delegation; messageCount: number }): Promise<void> {
  const { messageCount } = asked;
  const delegation = await holdDelegation(ctx.db, asked.delegation);
  if (!delegation || delegation.endsAt <= ctx.now()) return;
  const { id, delegatePersonaId: personaId, endsAt } = delegation;
  if (await isTakingPart(ctx.db, place, { personaId, now: ctx.now() })) return;
  if (!(await listActiveCollaborators(ctx, { organisationId: place.organisationId, personaIds: [personaId] })).has(personaId)) return;
  const lineId = ctx.newId();
  await givePart(ctx, place, { personaId, role: 'collaborator', messageCount, lineId, delegation: { id, endsAt } });
  if (await isPastDelegated(ctx.db, place, id)) await sharePast(ctx, place, { fromPersonaId: delegation.personaId, toPersonaId: personaId });
  await noteActivity(ctx, {
    ...place,
    id: lineId,
    kind: 'delegate-joined',
    personaId: delegation.personaId,
    subjectPersonaId: personaId,
    afterPosition: messageCount,
    expiresAt: endsAt,
  });
}

/** Whoever replaced this persona leaves a conversation that it does not hold any more, but who holds it from now on. */
export async function leaveDelegates(ctx: Ctx, place: Place, from: { personaId: string; messageCount: number; but: string }): Promise<void> {
  for (const personaId of await listDelegatesOf(ctx.db, place, from.personaId)) {
    if (personaId !== from.but) await leaveDelegate(ctx, place, { personaId, messageCount: from.messageCount });
  }
}

/** Those whose part has run out leave now, before any sweep: their places are free for who comes. The conversation's row is locked. */
export async function leaveLapsed(ctx: Ctx, place: Place, messageCount: number): Promise<void> {
  for (const personaId of await listLapsed(ctx.db, place, ctx.now())) await leaveDelegate(ctx, place, { personaId, messageCount });
}

/** One colleague takes part no more; what they wrote stays theirs. The conversation's row is locked. */
export async function leaveDelegate(ctx: Ctx, place: Place, { personaId, messageCount }: { personaId: string; messageCount: number }): Promise<void> {
  await updateRemoved(ctx.db, { ...place, personaId, at: ctx.now(), corrected: false });
  await withdrawNotices(ctx, { ...place, personaId }, { revoke: false });
  await discardDraftsOf(ctx, { conversationId: place.conversationId, personaId });
  await noteActivity(ctx, { ...place, kind: 'delegate-left', subjectPersonaId: personaId, afterPosition: messageCount });
  await publish(ctx, { personaIds: [personaId], kind: 'messages', subjectId: place.conversationId });
}
