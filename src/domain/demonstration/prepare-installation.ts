import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/database/schema.ts';
import { startRefused } from '#platform/start-refused.ts';

/**
 * Marks an empty database for ever as a demonstration or not, and refuses (`StartRefused`) one of the other sort: a demonstration starts
 * only with the demonstration on, and nothing real ever becomes one. Harmless twice; two processes that start together agree.
 */
export async function prepareInstallation(db: Kysely<DB>, { demonstration, now }: { demonstration: boolean; now: Date }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`lock table installation in share row exclusive mode`.execute(tx);
    const marked = await tx.selectFrom('installation').select('demonstration').executeTakeFirst();
    if (marked?.demonstration && !demonstration) throw startRefused('installation.demonstration-off');
    if (marked && !marked.demonstration && demonstration) throw startRefused('installation.not-a-demonstration');
    if (marked) return;
    if (demonstration && (await isInUse(tx))) throw startRefused('installation.not-a-demonstration');
    await tx.insertInto('installation').values({ demonstration, created_at: now }).execute();
  });
}

/** Somebody or something is in it, though nothing says what it is. */
async function isInUse(db: Kysely<DB>): Promise<boolean> {
  const organisation = await db.selectFrom('organisations').select('id').limit(1).executeTakeFirst();
  const persona = await db.selectFrom('personas').select('id').limit(1).executeTakeFirst();
  return organisation !== undefined || persona !== undefined;
}
