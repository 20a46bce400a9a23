import { atomically, type Ctx, type SignedInCtx } from '#context';
import { tellHandedOver } from '#domain/notices/api.ts';
import { accessAdministration, listActiveCollaborators } from '#domain/organisations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import type { Conversation } from './access.ts';
import { countHeld, listHeld } from './holder-queries.ts';
import { managing } from './managing.ts';
import { moveHolder } from './move-holder.ts';
import { lockConversation } from './write-queries.ts';

/** What one transaction takes, at most. */
const transferredAtOnce = 200;

type Transfer = {
  organisationId: string;
  fromPersonaId: string;
  toPersonaId: string;
  conversationIds?: readonly string[];
  /** Done in the transaction of each that changes hands. */
  within?: (inside: Ctx) => Promise<void>;
};

/**
 * The administrator's hand-over (000-A2): what one persona holds, or of it the conversations named, to a collaborator of the organisation, who
 * reads only what is posted from then on unless they take part already. At most `transferredAtOnce` of them; tells how many changed hands, and
 * whether more wait. The administrator reads nothing. One conversation a transaction, unless the caller has one under way: interrupted, it is
 * simply asked again. Who takes them over is told by the caller, once for all.
 * Refuses `organisation.not-found` (not its administrator), `holder.not-a-collaborator`, `holder.same`.
 */
export async function transferConversations(ctx: Ctx, transfer: Transfer): Promise<Result<{ transferred: number; more: boolean }>> {
  const { organisationId, fromPersonaId, toPersonaId, conversationIds, within } = transfer;
  const door = accessAdministration(ctx, organisationId);
  if (!door.ok) return door;
  if (fromPersonaId === toPersonaId) return refuse('holder.same');
  const inForce = await listActiveCollaborators(ctx, { organisationId, personaIds: [toPersonaId] });
  if (!inForce.has(toPersonaId)) return refuse('holder.not-a-collaborator');

  const held = conversationIds ?? (await listHeld(ctx.db, { organisationId, personaId: fromPersonaId, most: transferredAtOnce + 1 }));
  let transferred = 0;
  for (const conversationId of held.slice(0, transferredAtOnce)) {
    const moved = await transferOne(ctx, { place: { organisationId, conversationId }, fromPersonaId, toPersonaId, within });
    if (!moved.ok) return moved;
    if (moved.value) transferred += 1;
  }
  return ok({ transferred, more: held.length > transferredAtOnce });
}

/** How many conversations a persona holds, for who administers the organisation. */
export async function countHeldBy(ctx: Ctx, held: { organisationId: string; personaId: string }): Promise<number> {
  return accessAdministration(ctx, held.organisationId).ok ? countHeld(ctx.db, held) : 0;
}

type One = Pick<Transfer, 'fromPersonaId' | 'toPersonaId'> & {
  place: { organisationId: string; conversationId: string };
  within: Transfer['within'] | undefined;
};

/** False when it changed hands meanwhile. */
function transferOne(ctx: Ctx, { place, fromPersonaId, toPersonaId, within }: One): Promise<Result<boolean>> {
  return atomically(ctx, async (inside) => {
    const locked = await lockConversation(inside.db, place);
    if (locked?.holderPersonaId !== fromPersonaId) return ok(false);
    const moved = await moveHolder(inside, { place, locked, toPersonaId, byPersonaId: undefined, kind: 'transferred', withPast: false });
    if (moved.ok) await within?.(inside);
    return moved.ok ? ok(true) : moved;
  });
}

/**
 * The holder gives one conversation to a colleague before leaving (000-A2), with what they read of before or without; the colleague is told.
 * Refuses `conversation.not-found` (also for whoever does not hold it), `conversation.read-only`, `holder.not-a-collaborator`, `holder.same`.
 */
export async function handOver(ctx: SignedInCtx, conversation: Conversation, to: { address: string; withPast: boolean }): Promise<Result<undefined>> {
  const successor = await findPersonaByAddress(ctx, to.address);
  return managing(ctx, conversation, async (inside, { place, locked, conversation: { role, personaId } }) => {
    if (role !== 'holder') return refuse('conversation.not-found');
    if (!successor) return refuse('holder.not-a-collaborator');
    if (successor.id === personaId) return refuse('holder.same');
    const moved = await moveHolder(inside, { place, locked, toPersonaId: successor.id, byPersonaId: personaId, kind: 'transferred', withPast: to.withPast });
    if (moved.ok) await tellHandedOver(inside, { ...place, conversations: 1, fromPersonaId: personaId, toPersonaId: successor.id });
    return moved;
  });
}
