import type { Ctx } from '#context';
import type { Delivery } from './list-deliveries.ts';
import { selectLastNotices, selectSentAgain } from './reader-queries.ts';

type Conversation = { organisationId: string; conversationId: string };

/** What became of the last notice of a reader. */
export type LastDelivery = Delivery & { createdAt: Date };

/** What became of the last notice of each of these readers, by persona id; absent for somebody who was never told. No door: the caller holds it. */
export async function listLastDeliveries(ctx: Ctx, of: Conversation & { personaIds: readonly string[] }): Promise<Map<string, LastDelivery>> {
  if (of.personaIds.length === 0) return new Map();
  const rows = await selectLastNotices(ctx, of);
  return new Map(rows.map((row) => [row.personaId, row]));
}

/** When this reader was told again at a collaborator's asking since `since`, oldest first, at most `most`. No door: the caller holds it. */
export function listTellings(ctx: Ctx, of: Conversation & { personaId: string; since: Date; most: number }): Promise<Date[]> {
  return selectSentAgain(ctx, of);
}
