import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/database/schema.ts';

/** Why a database and a setting do not go together; `sentences` say it to whoever starts Pli, in both languages. */
export class WrongInstallation extends Error {
  readonly reason: 'demonstration-off' | 'not-a-demonstration';
  constructor(reason: 'demonstration-off' | 'not-a-demonstration') {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Marks an empty database for ever as a demonstration or not, and refuses one of the other sort: a demonstration starts only with the
 * demonstration on, and nothing real ever becomes one. Harmless twice; two processes starting together agree.
 */
export async function prepareInstallation(db: Kysely<DB>, installation: { demonstration: boolean; now: Date }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`lock table installation in share row exclusive mode`.execute(tx);
    const marked = await tx.selectFrom('installation').select('demonstration').executeTakeFirst();
    if (marked?.demonstration && !installation.demonstration) throw new WrongInstallation('demonstration-off');
    if (marked && !marked.demonstration && installation.demonstration) throw new WrongInstallation('not-a-demonstration');
    if (marked) return;
    const organisation = await tx.selectFrom('organisations').select('id').limit(1).executeTakeFirst();
    const profile = await tx.selectFrom('profiles').select('id').limit(1).executeTakeFirst();
    if ((organisation || profile) && installation.demonstration) throw new WrongInstallation('not-a-demonstration');
    await tx.insertInto('installation').values({ demonstration: installation.demonstration, created_at: installation.now }).execute();
  });
}
