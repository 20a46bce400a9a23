import type { Database } from '#context';
import { updateQueuedFailed } from './restore-queries.ts';

/** After a restore: what waited when the backup was taken has left since, most likely, and nobody is told twice. Tells how many were given up. */
export function giveUpQueued(db: Database): Promise<number> {
  return updateQueuedFailed(db);
}
