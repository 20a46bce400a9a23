import type { Ctx } from '#context';
import type { NoticeKind } from './notice-kinds.ts';
import { hashToken, noticeToken } from './notice-token.ts';

/** What somebody is told; `messageId` null: of the conversation, not of one of its messages. `conversationId` null: of `conversations`, so many. */
export type NoticeAbout = {
  kind: NoticeKind;
  organisationId: string;
  conversationId: string | null;
  messageId: string | null;
  senderPersonaId: string;
  conversations?: number;
};

/** One durable notice, due now, whose link is drawn from its id. */
export function noticeRow(ctx: Ctx, personaId: string, about: NoticeAbout) {
  const id = ctx.newId();
  const now = ctx.now();
  return {
    organisation_id: about.organisationId,
    id,
    persona_id: personaId,
    sender_persona_id: about.senderPersonaId,
    conversation_id: about.conversationId,
    message_id: about.messageId,
    conversations: about.conversations ?? null,
    kind: about.kind,
    token_hash: hashToken(noticeToken(ctx.keys, id)),
    created_at: now,
    due_at: now,
  };
}
