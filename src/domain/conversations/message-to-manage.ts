import type { SignedInCtx } from '#context';
import { accessMessage, type Conversation } from './access.ts';
import { findWithdrawable, listReaders, type Reader } from './life-queries.ts';

/** A message as who manages it sees it: who opened it, and who has not. */
export type ManagedMessage = {
  id: string;
  position: number;
  mine: boolean;
  expiresAt: Date;
  withdrawnAt: Date | undefined;
  /** Neither expired nor gone. */
  readable: boolean;
  readers: Reader[];
};

/** The message of a conversation whose door is open and which the actor manages; nothing for one they may not know of. */
export async function findMessageToManage(ctx: SignedInCtx, conversation: Conversation, messageId: string): Promise<ManagedMessage | undefined> {
  const message = await accessMessage(ctx, conversation, messageId);
  const row = message && (await findWithdrawable(ctx.db, conversation.organisationId, message.id));
  if (!row) return undefined;
  const readers = await listReaders(ctx.db, { organisationId: conversation.organisationId, conversationId: conversation.id }, { messageId, now: ctx.now() });
  const readable = row.state === 'posted' && row.expiresAt > ctx.now();
  return { id: message.id, position: message.position, mine: message.mine, expiresAt: row.expiresAt, withdrawnAt: row.withdrawnAt, readable, readers };
}
