import type { Ctx } from '#context';
import { selectDeliveries } from './queries.ts';

export type Delivery = {
  /** null: it tells of the conversation. */
  messageId: string | null;
  personaId: string;
  /**
   * `failed`: the relay refused it, or five days went by; `opened`: the reader was there before any mail about it was written; `withdrawn`:
   * given up before it left.
   */
  state: 'queued' | 'sent' | 'failed' | 'bounced' | 'opened' | 'withdrawn';
  /** Why the last try failed, by its code: `550 5.1.1`; null when none did. */
  failure: string | null;
  /** When it was sent, else when it was asked for. */
  at: Date;
};

/**
 * What became of a conversation's notices, oldest first, at most 1 000 (000-40: delivery lines, for collaborators only).
 * The caller holds the conversation already: this is no door.
 */
export function listDeliveries(ctx: Ctx, conversation: { organisationId: string; conversationId: string }): Promise<Delivery[]> {
  return selectDeliveries(ctx, conversation);
}
