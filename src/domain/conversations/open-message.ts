import { atomically, publish, type SignedInCtx } from '#context';
import { recordOpened } from '#domain/notices/api.ts';
import { ok, type Result, refuse } from '#result';
import { accessMessage, accessOneConversation } from './access.ts';
import { refreshInboxes } from './jobs.ts';
import { tellPeople } from './tell-people.ts';
import { addToUnreadTotals, insertActivities, insertOpening, lockConversation, updateConversationActivity, updateInboxOpened } from './write-queries.ts';

type Opening = { conversationId: string; messageId: string; personaId: string };

/**
 * Opens a sealed envelope as one persona: from then on its text may be read, and everybody sees that it was opened (000-41, 000-37).
 * Opening twice, or one's own message, changes nothing. Refuses `conversation.not-found` and `message.not-available` (expired, withdrawn).
 */
export async function openMessage(ctx: SignedInCtx, opening: Opening): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const conversation = await accessOneConversation(inside, opening);
    if (!conversation) return refuse('conversation.not-found');
    const { organisationId, id: conversationId, personaId } = conversation;
    await lockConversation(inside.db, { organisationId, conversationId });
    const message = await accessMessage(inside, conversation, opening.messageId);
    if (!message) return refuse('conversation.not-found');
    if (message.mine || message.openedAt) return ok();
    if (!message.key) return refuse('message.not-available');

    const at = ctx.now();
    const place = { organisationId, conversationId, at };
    const first = await insertOpening(inside.db, { organisationId, messageId: message.id, personaId, at });
    if (!first) return ok();
    await recordOpened(inside, { organisationId, messageId: message.id, personaId });
    await insertActivities(inside.db, [{ ...place, id: ctx.newId(), kind: 'message-opened', personaId, messageId: message.id }]);
    await updateConversationActivity(inside.db, place);
    await updateInboxOpened(inside.db, { ...place, personaId, position: message.position });
    await addToUnreadTotals(inside.db, [{ personaId, by: -1 }]);
    await refreshInboxes(inside, place);
    await publish(inside, { personaIds: [personaId], kind: 'messages', subjectId: conversationId });
    await tellPeople(inside, place, 'activities');
    return ok();
  });
}
