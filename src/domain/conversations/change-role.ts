import { atomically, type SignedInCtx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import { ok, type Refusal, type Result, refuse } from '#result';
import type { NewPeople } from '#shared/conversations.ts';
import { updateRole } from './holder-queries.ts';
import { lockManaged } from './lock-managed.ts';
import { noteActivity } from './note-activity.ts';
import { findParticipation, listManagers, type Participation } from './people-queries.ts';
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
    if (person.role === asked.role) return ok({ address: person.address });
    const refusal = await refusalToChange(inside, place, { person, role: asked.role });
    if (refusal) return { ok: false, refusal };
    const { personaId, address } = person;
    await updateRole(inside.db, { ...place, personaId, role: asked.role });
    await noteActivity(inside, { ...place, kind: kinds[asked.role], personaId: conversation.personaId, subjectPersonaId: personaId });
    return ok({ address });
  });
}

type Place = { organisationId: string; conversationId: string };

async function refusalToChange(
  ctx: SignedInCtx,
  place: Place,
  { person, role }: { person: Participation; role: NewPeople['role'] },
): Promise<Refusal | undefined> {
  const { personaId, address } = person;
  if (person.role === 'holder') return { code: 'person.holder-role' };
  if (person.standsIn) return { code: 'person.stands-in' };
  if (role === 'collaborator') {
    const inForce = await listActiveCollaborators(ctx, { organisationId: place.organisationId, personaIds: [personaId] });
    return inForce.has(personaId) ? undefined : { code: 'participants.not-collaborators', data: { addresses: address, count: 1 } };
  }
  const managers = await listManagers(ctx.db, place, ctx.now());
  return managers.length === 1 && managers[0] === personaId ? { code: 'person.last-collaborator' } : undefined;
}
