import { CompiledQuery, type Kysely } from 'kysely';
import type { DB } from './schema.ts';

/**
 * Runs a statement whose text never changes: nothing is built or compiled, only its values travel (`$1`, `$2` …). For the queries of
 * every page; the others read better with Kysely. The pool prepares it under a name of its own, as it does all texts.
 */
export async function run<Row>(db: Kysely<DB>, text: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return rows;
}
