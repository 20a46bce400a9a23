import type { Refusal } from '#result';

type Postable = { status: 'open' | 'closed' | 'expired'; holderActive: boolean; lastExpiresAt: Date };

/** Why nobody can post here now, or undefined when they can (000-32). */
export function refusalToPost(conversation: Postable, now: Date): Refusal | undefined {
  if (!conversation.holderActive) return { code: 'conversation.read-only' };
  if (conversation.status === 'expired' || conversation.lastExpiresAt <= now) return { code: 'conversation.expired' };
  if (conversation.status === 'closed') return { code: 'conversation.closed' };
  return undefined;
}
