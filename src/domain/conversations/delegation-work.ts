import { atomically, type Ctx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import {
  type Delegation,
  isDelegated,
  listDelegated,
  listDelegationsBeginning,
  listDelegationsEnding,
  listHeldWithout,
  updateDelegationBegun,
  updateDelegationEnded,
} from './delegation-queries.ts';
import { joinDelegate, leaveDelegate, leaveLapsed } from './join-delegates.ts';
import { lockConversation } from './write-queries.ts';

const batch = 50;
const atOnce = 200;

/** Due work: leaves that begin, and leaves that are over. Running twice finds nothing the second time; cut short, it goes on where it was. */
export async function followDelegations(ctx: Ctx): Promise<void> {
  for (const delegation of await listDelegationsEnding(ctx.db, ctx.now(), batch)) await endDelegation(ctx, delegation);
  for (const delegation of await listDelegationsBeginning(ctx.db, ctx.now(), batch)) await beginDelegation(ctx, delegation);
}

/**
 * The colleague joins what is held, one conversation a transaction, 200 at a time: whoever holds thousands does not hold up the rest of the
 * due work, which goes on with it. A colleague who is no collaborator in force any more joins nothing.
 */
export async function beginDelegation(ctx: Ctx, delegation: Delegation): Promise<void> {
  const { organisationId, delegatePersonaId } = delegation;
  const inForce = await listActiveCollaborators(ctx, { organisationId, personaIds: [delegatePersonaId] });
  const held = inForce.has(delegatePersonaId) ? await listHeldWithout(ctx.db, delegation, { now: ctx.now(), most: atOnce }) : [];
  for (const conversationId of held) await atomically(ctx, (inside) => joinOne(inside, { organisationId, conversationId }, delegation));
  if (held.length < atOnce) await updateDelegationBegun(ctx.db, delegation, ctx.now());
}

async function joinOne(ctx: Ctx, place: { organisationId: string; conversationId: string }, delegation: Delegation): Promise<void> {
  const locked = await lockConversation(ctx.db, place);
  if (locked?.holderPersonaId !== delegation.personaId || locked.status === 'expired') return;
  await leaveLapsed(ctx, place, locked.messageCount);
  await joinDelegate(ctx, place, { delegation, messageCount: locked.messageCount });
}

/** The colleague leaves what they joined by it, 200 at a time; their door is closed already. */
export async function endDelegation(ctx: Ctx, delegation: Delegation): Promise<void> {
  const { organisationId, delegatePersonaId: personaId } = delegation;
  const joined = await listDelegated(ctx.db, delegation, atOnce);
  for (const conversationId of joined) {
    await atomically(ctx, async (inside) => {
      const place = { organisationId, conversationId };
      const locked = await lockConversation(inside.db, place);
      if (!(await isDelegated(inside.db, place, { personaId, delegationId: delegation.id }))) return;
      await leaveDelegate(inside, place, { personaId, messageCount: locked?.messageCount ?? 0 });
    });
  }
  if (joined.length < atOnce) await updateDelegationEnded(ctx.db, delegation, ctx.now());
}
