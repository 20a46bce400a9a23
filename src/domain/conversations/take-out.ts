import { publish, type SignedInCtx } from '#context';
import { discardDraftsOf } from '#domain/drafts/api.ts';
import { withdrawNotices } from '#domain/notices/api.ts';
import { updateRemoved } from './people-queries.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities, type NewActivity, updateConversationActivity, updateInboxesActivity } from './write-queries.ts';

type Going = { personaId: string; line: Pick<NewActivity, 'kind' | 'personaId' | 'subjectPersonaId'> };

/**
 * Ends a participation in a conversation whose row is locked by the caller's transaction: from this instant the persona reads nothing of it
 * and is told nothing; the activities say so to those who stay.
 */
export async function takeOut(
  ctx: SignedInCtx,
  place: { organisationId: string; conversationId: string; at: Date },
  { personaId, line }: Going,
): Promise<void> {
  await discardDraftsOf(ctx, { conversationId: place.conversationId, personaId });
  await updateRemoved(ctx.db, { ...place, personaId, corrected: false });
  await withdrawNotices(ctx, { ...place, personaId }, { revoke: false });
  await insertActivities(ctx.db, [{ ...place, ...line, id: ctx.newId() }]);
  await updateConversationActivity(ctx.db, place);
  await updateInboxesActivity(ctx.db, place);
  // Their screens too: the conversation leaves their list.
  await publish(ctx, { personaIds: [personaId], kind: 'messages', subjectId: place.conversationId });
  await tellPeople(ctx, place, 'activities');
}
