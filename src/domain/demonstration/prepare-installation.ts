import type { Database } from '#context';
import { startRefused } from '#platform/start-refused.ts';
import { findMark, insertMark, isInUse, lockMark } from './queries.ts';

/**
 * Marks an empty database for ever as a demonstration or not, and refuses (`StartRefused`) one of the other sort: a demonstration starts
 * only with the demonstration on, and nothing real ever becomes one. Harmless twice; two processes that start together agree.
 */
export async function prepareInstallation(db: Database, { demonstration, now }: { demonstration: boolean; now: Date }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockMark(tx);
    const mark = await findMark(tx);
    if (mark?.demonstration && !demonstration) throw startRefused('installation.demonstration-off');
    if (mark && !mark.demonstration && demonstration) throw startRefused('installation.not-a-demonstration');
    if (mark) return;
    if (demonstration && (await isInUse(tx))) throw startRefused('installation.not-a-demonstration');
    await insertMark(tx, { demonstration, now });
  });
}
