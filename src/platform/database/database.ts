import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Log } from '#platform/log/log.ts';
import { startRefused } from '../start-refused.ts';
import { openPool } from './pool.ts';
import { reasonOf } from './probe-server.ts';
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

type ServerState = {
  number: number;
  version: string;
  encoding: string;
  standby: boolean;
  reading: boolean;
  role: string;
  database: string;
  mayCreate: boolean;
};

/** Everything a start would stumble over later, with less to say. The rights are those of migrations and of the queue of jobs, once they are there. */
const question = `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
  current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as reading,
  current_user as role, current_database() as database,
  (to_regclass('schema_migrations') is not null or coalesce(has_schema_privilege(current_schema(), 'create'), false))
    and (to_regnamespace('pgboss') is not null or has_database_privilege(current_database(), 'create')) as "mayCreate"`;

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<ServerState>(question).catch((error: Error) => {
    throw startRefused('database.unreachable', { reason: reasonOf(error) }, error);
  });
  const [server] = rows;
  if (!server) throw new Error('The database answered nothing');
  const { version, encoding, role, database } = server;
  if (server.number < oldestVersion) throw startRefused('programs.too-old', { where: 'DATABASE_URL', version });
  if (encoding !== 'UTF8') throw startRefused('database.encoding', { database, encoding });
  if (server.standby || server.reading) throw startRefused('database.reads-only', { database });
  if (!server.mayCreate) throw startRefused('database.no-rights', { database, role });
}
