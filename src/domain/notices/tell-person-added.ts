import type { Ctx } from '#context';
import { type Told, writeNotices } from './write-notices.ts';

/** Tells people that somebody added them to a conversation (000-C2), in the caller's transaction. The link leads to the conversation. */
export function tellPersonAdded(ctx: Ctx, told: Omit<Told, 'kind' | 'messageId'>): Promise<void> {
  return writeNotices(ctx, { ...told, kind: 'person-added', messageId: null });
}
