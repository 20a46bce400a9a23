import type { Ctx } from '#context';
import { deleteOldFlows, flowsAtOnce } from './flow-queries.ts';
import { deleteOldSessions } from './session-queries.ts';
import { deleteOldTries } from './try-queries.ts';

/** Forgets what is long over. Harmless twice, and at the same time as itself; what one run leaves, the next takes. */
export async function sweepSignIn(ctx: Ctx): Promise<void> {
  // Anybody may begin a flow: what a flood left behind is taken away as quickly as it came.
  while ((await deleteOldFlows(ctx)) === flowsAtOnce);
  await deleteOldSessions(ctx);
  await deleteOldTries(ctx);
}
