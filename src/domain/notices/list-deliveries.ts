import type { Ctx } from '#context';
import { selectDeliveries } from './queries.ts';

export type Delivery = {
  messageId: string;
  personaId: string;
  state: 'queued' | 'sent' | 'failed' | 'bounced';
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
