import type { SignedInCtx } from '#context';
import { sealBytes } from '#platform/keys/seal.ts';
import { ok, type Result, refuse } from '#result';
import type { Conversation } from './access.ts';
import { updateTitle } from './life-queries.ts';
import { managing } from './managing.ts';
import { noteActivity } from './note-activity.ts';

/**
 * Gives a conversation another title, sealed by the conversation's own key; the activities say that it changed, and neither title (000-C5).
 * The same title changes nothing. Refuses as `managing`, and `conversation.expired`.
 */
export function renameConversation(ctx: SignedInCtx, asked: Conversation, title: string): Promise<Result<undefined>> {
  return managing(ctx, asked, async (inside, { place, locked, conversation }) => {
    if (conversation.title === title) return ok();
    const context = `conversation:${conversation.id}`;
    // That day's key is in memory since the title was read at the door.
    const key = locked.wrappedKey && conversation.title !== undefined && (await inside.keys.unwrap(locked.keyDay, locked.wrappedKey, context));
    if (!key) return refuse('conversation.expired');
    await updateTitle(inside.db, place, sealBytes(key, Buffer.from(title), `${context}:title`));
    await noteActivity(inside, { ...place, kind: 'title-changed', personaId: conversation.personaId });
    return ok();
  });
}
