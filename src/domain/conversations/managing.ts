import { atomically, type SignedInCtx } from '#context';
import { type Result, refuse } from '#result';
import { accessOneConversation, type Conversation } from './access.ts';
import { canManage, refusalToManage } from './policy.ts';
import { type LockedConversation, lockConversation } from './write-queries.ts';

export type Managed = { place: { organisationId: string; conversationId: string }; locked: LockedConversation; conversation: Conversation };

/**
 * Runs what the holder and the collaborators alone may do, in one transaction with the conversation's row locked: its door and the rule are
 * asked again under the lock. Refuses `conversation.not-found` (absent, forbidden and a participant alike) and `conversation.read-only`.
 */
export function managing<T>(ctx: SignedInCtx, asked: Conversation, work: (inside: SignedInCtx, managed: Managed) => Promise<Result<T>>): Promise<Result<T>> {
  const place = { organisationId: asked.organisationId, conversationId: asked.id };
  return atomically(ctx, async (inside) => {
    const locked = await lockConversation(inside.db, place);
    const conversation = await accessOneConversation(inside, { conversationId: asked.id, personaId: asked.personaId });
    if (!locked || !conversation || !canManage(ctx.actor, conversation)) return refuse('conversation.not-found');
    const refusal = refusalToManage(locked);
    return refusal ? { ok: false, refusal } : work(inside, { place, locked, conversation });
  });
}
