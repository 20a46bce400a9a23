import type { SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import { accessOneConversation, type Conversation } from './access.ts';
import { leaveLapsed } from './join-delegates.ts';
import { canManage } from './policy.ts';
import { type LockedConversation, lockConversation } from './write-queries.ts';

type Asked = { conversationId: string; personaId?: string | undefined };

/** A conversation whose row is locked by the transaction under way, as its manager may see it. */
export type Managed = { conversation: Conversation; locked: LockedConversation; place: { organisationId: string; conversationId: string; at: Date } };

/**
 * The door of the collaborators' tools, in the caller's transaction: the conversation, locked, for who manages it still once the lock is
 * had. Absent and forbidden are one answer, `conversation.not-found`.
 */
export async function lockManaged(ctx: SignedInCtx, asked: Asked): Promise<Result<Managed>> {
  const found = await accessOneConversation(ctx, asked);
  if (!found || !canManage(ctx.actor, found)) return refuse('conversation.not-found');
  const place = { organisationId: found.organisationId, conversationId: found.id, at: ctx.now() };
  const locked = await lockConversation(ctx.db, place);
  const conversation = await accessOneConversation(ctx, { conversationId: found.id, personaId: found.personaId });
  if (!locked || !conversation || !canManage(ctx.actor, conversation)) return refuse('conversation.not-found');
  await leaveLapsed(ctx, place, locked.messageCount);
  return ok({ conversation, locked, place });
}
