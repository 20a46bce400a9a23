import { atomically, type SignedInCtx } from '#context';
import { policyOf } from '#domain/organisations/api.ts';
import { ok, type Result, refuse } from '#result';
import type { NewMessage } from '#shared/conversations.ts';
import { accessOneConversation, type Conversation } from './access.ts';
import { refusalToPost } from './policy.ts';
import { putMessage, type SealedMessage, sealMessage } from './put-message.ts';
import { findPosted, lockConversation } from './write-queries.ts';

/**
 * Posts a message in a conversation as one persona (000-05, 000-53 to 000-55); its draft goes with it. Sent twice with the same `postKey`,
 * it is posted once.
 * Refuses `conversation.not-found` (absent and forbidden alike), `conversation.read-only` (000-32), `conversation.closed`,
 * `conversation.expired`, and what `prepareFiles` refuses.
 */
export async function postMessage(ctx: SignedInCtx, input: NewMessage & { conversationId: string; personaId: string }): Promise<Result<{ messageId: string }>> {
  const conversation = await accessOneConversation(ctx, input);
  if (!conversation) return refuse('conversation.not-found');
  const refusal = refusalToPost(conversation, ctx.now());
  if (refusal) return alreadyOr(ctx, conversation, { postKey: input.postKey, refused: { ok: false, refusal } });

  const rules = await policyOf(ctx, conversation.organisationId);
  const sealed = await sealMessage(ctx, { ...input, zone: conversation.zone, expiryDays: conversation.expiryDays, rules });
  if (!sealed.ok) return alreadyOr(ctx, conversation, { postKey: input.postKey, refused: sealed });
  return atomically(ctx, (inside) => putUnderLock(inside, sealed.value, { conversation, postKey: input.postKey || sealed.value.id }));
}

type Post = { conversation: Conversation; postKey: string };

async function putUnderLock(ctx: SignedInCtx, sealed: SealedMessage, { conversation, postKey }: Post): Promise<Result<{ messageId: string }>> {
  const { organisationId, id: conversationId, personaId: senderPersonaId } = conversation;
  const locked = await lockConversation(ctx.db, { organisationId, conversationId });
  if (!locked) return refuse('conversation.not-found');
  // What was true at the door may have changed while we waited for the lock.
  const still = await accessOneConversation(ctx, { conversationId, personaId: senderPersonaId });
  if (!still) return refuse('conversation.not-found');
  const refusal = refusalToPost(locked, ctx.now());
  if (refusal) return alreadyOr(ctx, conversation, { postKey, refused: { ok: false, refusal } });
  const draft = { conversationId, personaId: senderPersonaId };
  const put = await putMessage(ctx, sealed, { organisationId, conversationId, senderPersonaId, postKey, locked, draft });
  if (!put.ok) return put;
  return put.value ? ok({ messageId: sealed.id }) : alreadyOr(ctx, conversation, { postKey, refused: refuse('conversation.not-found') });
}

type Refused = Extract<Result<never>, { ok: false }>;

/** The same form, sent before or at the same moment, may have posted, and taken the files: then its message is the answer. */
async function alreadyOr(
  ctx: SignedInCtx,
  conversation: Conversation,
  { postKey, refused }: { postKey: string; refused: Refused },
): Promise<Result<{ messageId: string }>> {
  const { organisationId, personaId } = conversation;
  const already = postKey === '' ? undefined : await findPosted(ctx.db, { organisationId, personaId, postKey });
  return already ? ok({ messageId: already.messageId }) : refused;
}
