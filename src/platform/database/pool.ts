import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Log } from '#platform/log/log.ts';
import { DatabaseClient, serversOf } from './database-client.ts';

/** For each process, of which there are as many as processors: more would only wait in PostgreSQL, at some 8 MB each. */
const poolSize = 6;
/** Connections keep their prepared statements: closing idle ones early would throw those away. */
const idleMs = 5 * 60_000;
const connectMs = 5_000;
/** Prepared statements cost the server memory on each connection: past this many texts the rest go unprepared. */
const namedLimit = 400;

const serverSettings = [
  'TimeZone=UTC',
  // A message is acknowledged only once it is on the disk, whatever the server's own default.
  'synchronous_commit=on',
  'statement_timeout=60s',
  'idle_in_transaction_session_timeout=60s',
];

/** A pool whose statements are prepared on their second use, whose `date` are strings, `int8` numbers and `timestamptz` Dates. */
export function openPool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    Client: NamingClient,
    max: poolSize,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: connectMs,
    application_name: 'pli',
    options: serverSettings.map((setting) => `-c ${setting}`).join(' '),
    types,
  });
  // A connection lost while idle (PostgreSQL restarted): the pool opens another; unheard, the event would end the process.
  pool.on('error', (error) => {
    // While it closes, a server that stops may be faster than the farewell of a connection.
    if (!pool.ending) log.warn({ reason: error.message }, 'an idle database connection was lost');
  });
  serversOf(url)?.onMove((server) => log.warn({ server }, 'another server of the database has taken over'));
  return pool;
}

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, (text) => text],
  // Counters and sizes: nothing of ours passes 2^53.
  [pg.types.builtins.INT8, Number],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? pg.types.getTypeParser(oid, format ?? 'text');
  },
};

/** Gives each distinct text its name, once it has been seen twice: PostgreSQL then parses and plans it once a connection. */
class NamingClient extends DatabaseClient {
  // pg's `query` has seven signatures and is called by Kysely and by the pool with two of them: they pass through untouched.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  override query(...given: any[]): any {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
    // @ts-expect-error the overloads cannot be told apart from a rest parameter
    if (name === undefined) return super.query(...given);
    return super.query({ name, text, values }, ...rest);
  }
}

const seenOnce = new Set<string>();
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= namedLimit || !preparable(text)) return known;
  if (!seenOnce.delete(text)) {
    if (seenOnce.size >= namedLimit) seenOnce.clear();
    seenOnce.add(text);
    return undefined;
  }
  // Not a secret: a name of fixed length that two processes would choose alike.
  const name = `pli_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

function preparable(text: string): boolean {
  return /^\s*(select|insert|update|delete|with)\b/i.test(text);
}
