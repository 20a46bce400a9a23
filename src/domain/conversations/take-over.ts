import { atomically, type SignedInCtx } from '#context';
import { getPersonas } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { accessOneConversation, type Conversation } from './access.ts';
import { moveHolder } from './move-holder.ts';
import { canTakeOver } from './policy.ts';
import { lockConversation } from './write-queries.ts';

/**
 * «Reprendre»: a collaborator of the organisation who takes part becomes the holder of a conversation whose holder is gone (000-32).
 * Of two at the same moment one wins; once it is one's own, taking it over changes nothing.
 * Refuses `conversation.not-found` (also for whoever may not) and `holder.present`, with the address of who holds it.
 */
export function takeOver(ctx: SignedInCtx, conversation: Conversation): Promise<Result<undefined>> {
  const { organisationId, id: conversationId, personaId } = conversation;
  const place = { organisationId, conversationId };
  return atomically(ctx, async (inside) => {
    const locked = await lockConversation(inside.db, place);
    const still = await accessOneConversation(inside, { conversationId, personaId });
    if (!locked || !still || !canTakeOver(ctx.actor, still)) return refuse('conversation.not-found');
    if (locked.holderPersonaId === personaId) return ok();
    if (locked.holderActive) {
      const holder = (await getPersonas(inside, [locked.holderPersonaId])).get(locked.holderPersonaId);
      return refuse('holder.present', { address: holder?.address ?? '' });
    }
    return moveHolder(inside, { place, locked, toPersonaId: personaId, byPersonaId: personaId, kind: 'taken-over', withPast: false });
  });
}
