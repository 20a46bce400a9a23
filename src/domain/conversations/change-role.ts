import { atomically, type SignedInCtx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import { ok, type Result, refuse } from '#result';
import type { NewPeople } from '#shared/conversations.ts';
import { updateRole } from './holder-queries.ts';
import { lockManaged } from './lock-managed.ts';
import { noteActivity } from './note-activity.ts';
import { findParticipation, listManagers } from './people-queries.ts';
import { refusalToManage } from './policy.ts';
import type { AboutPerson } from './remove-person.ts';

const kinds = { collaborator: 'made-collaborator', participant: 'made-participant' } as const;

/**
 * Makes a participant a collaborator of the conversation, or the contrary (000-C7); what they see, opened and wrote stays. The activities say
 * so. Twice is once. Refuses `conversation.not-found`, `conversation.read-only`, `person.not-here`, `person.holder-role`,
 * `person.stands-in` (whoever replaces the holder, until the leave ends), `participants.not-collaborators` (of the organisation) and
 * `person.last-collaborator`.
 */
export function changeRole(ctx: SignedInCtx, asked: AboutPerson & { role: NewPeople['role'] }): Promise<Result<{ address: string }>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, asked);
    if (!managed.ok) return managed;
    const { conversation, place, locked } = managed.value;
    const red = refusalToManage(locked);
    if (red) return { ok: false, refusal: red };
    const person = await findParticipation(inside.db, place, { personaId: asked.subjectPersonaId, now: ctx.now() });
    if (!person || person.removedAt) return refuse('person.not-here');
    const { personaId, address } = person;
    if (person.role === 'holder') return refuse('person.holder-role');
    if (person.role === asked.role) return ok({ address });
    if (person.standsIn) return refuse('person.stands-in');
    if (asked.role === 'collaborator') {
      const inForce = await listActiveCollaborators(inside, { organisationId: place.organisationId, personaIds: [personaId] });
      if (!inForce.has(personaId)) return refuse('participants.not-collaborators', { addresses: address, count: 1 });
    } else {
      const managers = await listManagers(inside.db, place, ctx.now());
      if (managers.length === 1 && managers[0] === personaId) return refuse('person.last-collaborator');
    }
    await updateRole(inside.db, { ...place, personaId, role: asked.role });
    await noteActivity(inside, { ...place, kind: kinds[asked.role], personaId: conversation.personaId, subjectPersonaId: personaId });
    return ok({ address });
  });
}
