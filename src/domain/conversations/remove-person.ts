import { atomically, publish, type SignedInCtx } from '#context';
import { discardDraftsOf } from '#domain/drafts/api.ts';
import { withdrawNotices } from '#domain/notices/api.ts';
import { ok, type Result, refuse } from '#result';
import { lockManaged } from './lock-managed.ts';
import { findParticipation, listManagers, updateRemoved } from './people-queries.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities, updateConversationActivity, updateInboxesActivity } from './write-queries.ts';

export type AboutPerson = { conversationId: string; personaId: string; subjectPersonaId: string };

/**
 * Takes somebody out of a conversation (000-C2): from this instant they read nothing of it, are told nothing, and their notices that had
 * not left are given up. What they opened stays in the activities. Removing twice is removing once. Also in a red or closed conversation:
 * it opens nothing to anybody.
 * Refuses `conversation.not-found`, `person.not-here` (who never took part), `person.holder` and `person.last-collaborator`.
 */
export function removePerson(ctx: SignedInCtx, asked: AboutPerson): Promise<Result<{ address: string }>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, asked);
    if (!managed.ok) return managed;
    const { conversation, place } = managed.value;
    const person = await findParticipation(inside.db, place, asked.subjectPersonaId);
    if (!person) return refuse('person.not-here');
    if (person.removedAt) return ok({ address: person.address });
    if (person.role === 'holder') return refuse('person.holder');
    const managers = await listManagers(inside.db, place);
    if (managers.length === 1 && managers[0] === person.personaId) return refuse('person.last-collaborator');

    await discardDraftsOf(inside, { conversationId: conversation.id, personaId: person.personaId });
    await updateRemoved(inside.db, { ...place, personaId: person.personaId, corrected: false });
    await withdrawNotices(inside, { ...place, personaId: person.personaId }, { revoke: false });
    const line = { ...place, id: ctx.newId(), kind: 'person-removed' as const, personaId: conversation.personaId };
    await insertActivities(inside.db, [{ ...line, subjectPersonaId: person.personaId }]);
    await updateConversationActivity(inside.db, place);
    await updateInboxesActivity(inside.db, place);
    // Their screens too: the conversation leaves their list.
    await publish(inside, { personaIds: [person.personaId], kind: 'messages', subjectId: conversation.id });
    await tellPeople(inside, place, 'activities');
    return ok({ address: person.address });
  });
}
