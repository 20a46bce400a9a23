import { atomically, publish, type SignedInCtx } from '#context';
import { discardDraftsOf } from '#domain/drafts/api.ts';
import { withdrawNotices } from '#domain/notices/api.ts';
import { findOrInvitePersona } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { refusalToAdd } from './add-people.ts';
import { lockManaged, type Managed } from './lock-managed.ts';
import { findParticipation, hasBeenUsed, lockTotals, type Participation, updateRemoved } from './people-queries.ts';
import { putPeople } from './put-people.ts';
import type { AboutPerson } from './remove-person.ts';

/**
 * Gives a mistyped address its right form, before anything was opened or written with it (000-C3). The wrong address loses the conversation and its
 * links lead nowhere; the right one is invited anew, sees what the wrong one was to see, and finds every envelope sealed: nothing moves from
 * one person to another. The activities say so, and show the wrong address masked from then on.
 * Refuses `conversation.not-found`, `person.not-here`, `person.holder`, `person.already-opened`, and what `refusalToAdd` refuses.
 */
export function correctAddress(ctx: SignedInCtx, asked: AboutPerson & { address: string }): Promise<Result<{ personaId: string }>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, asked);
    if (!managed.ok) return managed;
    const { place } = managed.value;
    const wrong = await findParticipation(inside.db, place, { personaId: asked.subjectPersonaId, now: inside.now() });
    if (!wrong || wrong.removedAt) return refuse('person.not-here');
    if (wrong.role === 'holder') return refuse('person.holder');
    if (await hasBeenUsed(inside.db, place, wrong.personaId)) return refuse('person.already-opened', { address: wrong.address });
    return replace(inside, managed.value, { wrong, role: wrong.role, address: asked.address });
  });
}

type Correction = { wrong: Participation; role: 'collaborator' | 'participant'; address: string };

async function replace(ctx: SignedInCtx, managed: Managed, { wrong, role, address }: Correction): Promise<Result<{ personaId: string }>> {
  const { conversation, place } = managed;
  await discardDraftsOf(ctx, { conversationId: conversation.id, personaId: wrong.personaId });
  const right = await findOrInvitePersona(ctx, address);
  await lockTotals(ctx.db, [wrong.personaId, right.id]);
  await updateRemoved(ctx.db, { ...place, personaId: wrong.personaId, corrected: right.id !== wrong.personaId });
  // The one taken out leaves its place: a hundredth address can be corrected too. A refusal undoes this as well.
  const refusal = await refusalToAdd(ctx, managed, { people: [right], role });
  if (refusal) return { ok: false, refusal };
  if (right.id === wrong.personaId) return refuse('participants.already-there', { addresses: right.address, count: 1 });
  await withdrawNotices(ctx, { ...place, personaId: wrong.personaId }, { revoke: true });
  await putPeople(ctx, place, {
    personaIds: [right.id],
    role,
    byPersonaId: conversation.personaId,
    sees: { from: wrong.visibleFrom, since: wrong.visibleSince },
    kind: 'address-corrected',
  });
  await publish(ctx, { personaIds: [wrong.personaId], kind: 'messages', subjectId: conversation.id });
  return ok({ personaId: right.id });
}
