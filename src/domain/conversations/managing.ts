import { atomically, type SignedInCtx } from '#context';
import type { Result } from '#result';
import type { Conversation } from './access.ts';
import { lockManaged, type Managed } from './lock-managed.ts';
import { refusalToManage } from './policy.ts';

/**
 * Runs what the holder and the collaborators alone may do to a conversation that is not red, in one transaction with its row locked.
 * Refuses `conversation.not-found` (absent, forbidden and a participant alike) and `conversation.read-only`.
 */
export function managing<T>(
  ctx: SignedInCtx,
  { id: conversationId, personaId }: Conversation,
  work: (inside: SignedInCtx, managed: Managed) => Promise<Result<T>>,
): Promise<Result<T>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, { conversationId, personaId });
    if (!managed.ok) return managed;
    const refusal = refusalToManage(managed.value.locked);
    return refusal ? { ok: false, refusal } : work(inside, managed.value);
  });
}
