import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Log } from '#platform/log/log.ts';
import { startRefused } from '../start-refused.ts';
import { openPool } from './pool.ts';
import type { DB } from './schema.ts';

export type OpenDatabase = {
  db: Kysely<DB>;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
};

const oldestVersion = 150_000;
const closeWithinMs = 5_000;

/** Opens the pool, checks that a PostgreSQL ≥ 15 answers, and gives Kysely over it. Throws `StartRefused` otherwise. */
export async function openDatabase(url: string, log: Log): Promise<OpenDatabase> {
  const pool = openPool(url, log);
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, url, close: () => closeBoth(db, pool) };
}

/** Kysely ends the pool only if it has used it, and the pool waits for statements that run: not for ever. */
async function closeBoth(db: Kysely<DB>, pool: pg.Pool): Promise<void> {
  const closing = db.destroy().then(() => (pool.ending ? undefined : pool.end()));
  await Promise.race([closing, pause(closeWithinMs, undefined, { ref: false })]);
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ number: number; version: string }>(`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`)
    .catch((error: Error) => {
      throw startRefused('database.unreachable', { reason: error.message }, error);
    });
  const server = rows[0];
  if (server && server.number < oldestVersion) throw startRefused('programs.too-old', { where: 'DATABASE_URL', version: server.version });
}
