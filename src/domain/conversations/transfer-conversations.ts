import { atomically, type Ctx, type SignedInCtx } from '#context';
import { accessAdministration, listActiveCollaborators } from '#domain/organisations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import type { Conversation } from './access.ts';
import { listHeld } from './holder-queries.ts';
import { managing } from './managing.ts';
import { moveHolder } from './move-holder.ts';
import { lockConversation } from './write-queries.ts';

type Transfer = { organisationId: string; fromPersonaId: string; toPersonaId: string; conversationIds?: readonly string[] };

/**
 * The administrator's hand-over (000-A2): all that one persona holds, or the conversations named, to a collaborator of the organisation, who
 * reads only what is posted from then on unless they take part already. Tells how many changed hands. The administrator reads nothing.
 * One conversation a transaction, unless the caller has one under way: interrupted, it is simply asked again.
 * Refuses `organisation.not-found` (not its administrator), `holder.not-a-collaborator`, `holder.same`.
 */
export async function transferConversations(ctx: Ctx, transfer: Transfer): Promise<Result<{ transferred: number }>> {
  const { organisationId, fromPersonaId, toPersonaId } = transfer;
  const door = accessAdministration(ctx, organisationId);
  if (!door.ok) return door;
  if (fromPersonaId === toPersonaId) return refuse('holder.same');
  const inForce = await listActiveCollaborators(ctx, { organisationId, personaIds: [toPersonaId] });
  if (!inForce.has(toPersonaId)) return refuse('holder.not-a-collaborator');

  let transferred = 0;
  for await (const conversationId of allHeld(ctx, transfer)) {
    const moved = await transferOne(ctx, { place: { organisationId, conversationId }, fromPersonaId, toPersonaId });
    if (!moved.ok) return moved;
    if (moved.value) transferred += 1;
  }
  return ok({ transferred });
}

async function* allHeld(ctx: Ctx, { organisationId, fromPersonaId, conversationIds }: Transfer): AsyncGenerator<string> {
  const wanted = conversationIds && new Set(conversationIds);
  for (let after: string | undefined; ; ) {
    const held = await listHeld(ctx.db, { organisationId, personaId: fromPersonaId, after });
    yield* wanted ? held.filter((id) => wanted.has(id)) : held;
    after = held.at(-1);
    if (after === undefined) return;
  }
}

type One = { place: { organisationId: string; conversationId: string }; fromPersonaId: string; toPersonaId: string };

/** False when it changed hands meanwhile. */
function transferOne(ctx: Ctx, { place, fromPersonaId, toPersonaId }: One): Promise<Result<boolean>> {
  return atomically(ctx, async (inside) => {
    const locked = await lockConversation(inside.db, place);
    if (locked?.holderPersonaId !== fromPersonaId) return ok(false);
    const moved = await moveHolder(inside, { place, locked, toPersonaId, byPersonaId: undefined, kind: 'transferred', withPast: false });
    return moved.ok ? ok(true) : moved;
  });
}

/**
 * The holder gives one conversation to a colleague before leaving (000-A2), with what was said before or without.
 * Refuses `conversation.not-found` (also for whoever does not hold it), `conversation.read-only`, `holder.not-a-collaborator`, `holder.same`.
 */
export async function handOver(ctx: SignedInCtx, conversation: Conversation, to: { address: string; withPast: boolean }): Promise<Result<undefined>> {
  const successor = await findPersonaByAddress(ctx, to.address);
  return managing(ctx, conversation, async (inside, { place, locked, conversation: { role, personaId } }) => {
    if (role !== 'holder') return refuse('conversation.not-found');
    if (!successor) return refuse('holder.not-a-collaborator');
    if (successor.id === personaId) return refuse('holder.same');
    return moveHolder(inside, { place, locked, toPersonaId: successor.id, byPersonaId: personaId, kind: 'transferred', withPast: to.withPast });
  });
}
