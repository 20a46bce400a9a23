import { atomically, publish, type SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import { accessOneConversation } from './access.ts';
import { updateMuted } from './people-queries.ts';

/**
 * «En sourdine»: this persona is sent no notice about the conversation until it says otherwise (000-Y2); those that waited are not sent either.
 * Nobody else is told; what waits is counted as before. Twice is once. Refuses `conversation.not-found`.
 */
export function muteConversation(ctx: SignedInCtx, asked: { conversationId: string; personaId: string; muted: boolean }): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const conversation = await accessOneConversation(inside, asked);
    if (!conversation) return refuse('conversation.not-found');
    const { id: conversationId, personaId } = conversation;
    await updateMuted(inside.db, { conversationId, personaId, at: asked.muted ? ctx.now() : null });
    await publish(inside, { personaIds: [personaId], kind: 'activities', subjectId: conversationId });
    return ok();
  });
}
