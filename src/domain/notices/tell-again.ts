import type { Ctx } from '#context';
import { type Told, writeNotices } from './write-notices.ts';

/** Tells somebody again that something waits for them in a conversation (000-C3), in the caller's transaction. How often is the caller's rule. */
export function tellAgain(ctx: Ctx, told: Omit<Told, 'kind' | 'messageId' | 'recipientPersonaIds'> & { recipientPersonaId: string }): Promise<void> {
  const { recipientPersonaId, ...rest } = told;
  return writeNotices(ctx, { ...rest, kind: 'sent-again', messageId: null, recipientPersonaIds: [recipientPersonaId] });
}
