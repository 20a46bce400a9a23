import type { Ctx } from '#context';
import { type Told, writeNotices } from './write-notices.ts';

/**
 * Tells people that a message waits for them (000-04): one durable notice a person and message, in the caller's transaction.
 * Called twice for the same message, it tells once. Who is to be told is the caller's rule; the sender never is.
 */
export function tellMessagePosted(ctx: Ctx, told: Omit<Told, 'kind' | 'messageId'> & { messageId: string }): Promise<void> {
  return writeNotices(ctx, { ...told, kind: 'message-posted' });
}
