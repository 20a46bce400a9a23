import type { Ctx } from '#context';
import { deleteOldFlows } from './flow-queries.ts';
import { deleteOldSessions } from './session-queries.ts';
import { deleteOldTries } from './try-queries.ts';

/** Forgets what is long over. Harmless twice, and at the same time as itself; what one run leaves, the next takes. */
export async function sweepSignIn(ctx: Ctx): Promise<void> {
  await deleteOldFlows(ctx);
  await deleteOldSessions(ctx);
  await deleteOldTries(ctx);
}
