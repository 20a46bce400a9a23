import { type Kysely, sql } from 'kysely';
import type { DB } from './schema.ts';

/** Whoever locks the same name waits until the transaction under way ends: for what has no row to lock yet, whatever the process. */
export async function lockName(db: Kysely<DB>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}
