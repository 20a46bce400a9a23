import { atomically, type Ctx } from '#context';
import {
  type Delegation,
  listDelegated,
  listDelegationsBeginning,
  listDelegationsEnding,
  updateDelegationBegun,
  updateDelegationEnded,
} from './delegation-queries.ts';
import { listHeld } from './holder-queries.ts';
import { joinDelegate, leaveDelegate } from './join-delegates.ts';
import { lockConversation } from './write-queries.ts';

const batch = 50;

/** Due work: leaves that begin, and leaves that are over. Running twice finds nothing the second time; cut short, it goes on where it was. */
export async function followDelegations(ctx: Ctx): Promise<void> {
  for (const delegation of await listDelegationsEnding(ctx.db, ctx.now(), batch)) await endDelegation(ctx, delegation);
  for (const delegation of await listDelegationsBeginning(ctx.db, ctx.now(), batch)) await beginDelegation(ctx, delegation);
}

/** The colleague joins all that is held, one conversation a transaction. */
export async function beginDelegation(ctx: Ctx, delegation: Delegation): Promise<void> {
  const { organisationId, personaId } = delegation;
  for (let after: string | undefined; ; ) {
    const held = await listHeld(ctx.db, { organisationId, personaId, after });
    for (const conversationId of held) await atomically(ctx, (inside) => joinOne(inside, { organisationId, conversationId }, delegation));
    after = held.at(-1);
    if (after === undefined) break;
  }
  await updateDelegationBegun(ctx.db, delegation, ctx.now());
}

async function joinOne(ctx: Ctx, place: { organisationId: string; conversationId: string }, delegation: Delegation): Promise<void> {
  const locked = await lockConversation(ctx.db, place);
  if (locked?.holderPersonaId !== delegation.personaId || locked.status === 'expired') return;
  await joinDelegate(ctx, place, { delegation, messageCount: locked.messageCount });
}

/** The colleague leaves all that they joined by it, one conversation a transaction. */
export async function endDelegation(ctx: Ctx, delegation: Delegation): Promise<void> {
  const { organisationId, delegatePersonaId: personaId } = delegation;
  for (let left = await listDelegated(ctx.db, delegation); left.length > 0; left = await listDelegated(ctx.db, delegation)) {
    for (const conversationId of left) {
      await atomically(ctx, async (inside) => {
        const locked = await lockConversation(inside.db, { organisationId, conversationId });
        await leaveDelegate(inside, { organisationId, conversationId }, { personaId, messageCount: locked?.messageCount ?? 0 });
      });
    }
  }
  await updateDelegationEnded(ctx.db, delegation, ctx.now());
}
