import { atomically, type SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import { lockManaged } from './lock-managed.ts';
import { findParticipation, listManagers } from './people-queries.ts';
import { takeOut } from './take-out.ts';

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
    const person = await findParticipation(inside.db, place, { personaId: asked.subjectPersonaId, now: inside.now() });
    if (!person) return refuse('person.not-here');
    if (person.removedAt) return ok({ address: person.address });
    if (person.role === 'holder') return refuse('person.holder');
    const managers = await listManagers(inside.db, place, inside.now());
    if (managers.length === 1 && managers[0] === person.personaId) return refuse('person.last-collaborator');

    const line = { kind: 'person-removed', personaId: conversation.personaId, subjectPersonaId: person.personaId } as const;
    await takeOut(inside, place, { personaId: person.personaId, line });
    return ok({ address: person.address });
  });
}
