import { createHash, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { foldersIn } from '../../src/platform/database/embedded/folders.ts';
import type { Correspondent } from '../support/correspondent.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Where what was posted is looked for: rows by SQL, bytes by the doors. `query` answers the rows of a statement. */
export type Books = { query: <Row extends pg.QueryResultRow>(statement: string) => Promise<Row[]> };

/** The books of a Pli that runs the PostgreSQL that comes with it. */
export function booksOf(dataDir: string): Books {
  return {
    async query(statement) {
      const client = new pg.Client({ connectionString: readFileSync(foldersIn(dataDir).url, 'utf8') });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
  };
}

/** Files no two of which are alike: what was posted is known again by its bytes, whatever key or name it went under. */
export function distinctFiles(mostBytes = 120_000) {
  const keys = new Map<string, string>();
  return {
    /** The file of the post with that key: the same at each try. */
    fileOf: (() => {
      const made = new Map<string, File>();
      return (key: string) => {
        const known = made.get(key);
        if (known) return known;
        const bytes = randomBytes(randomInt(1, mostBytes));
        keys.set(sha256(bytes), key);
        const file = new File([bytes], `${key}.bin`);
        made.set(key, file);
        return file;
      };
    })(),
    keyOf: (hash: string) => keys.get(hash),
  };
}

export type Conversation = { page: string; reader: Correspondent };

/** How often each post is found again, by the bytes of its file as its reader downloads it. A file that does not open counts for nothing. */
export async function findPosts(books: Books, conversations: readonly Conversation[], keyOf: (hash: string) => string | undefined) {
  const found = new Map<string, number>();
  for (const { page, reader } of conversations) {
    const id = /\/connexion\/([\w-]+)/u.exec(page)?.[1] ?? '';
    const rows = await books.query<{ id: string }>(`select id from attachments where conversation_id = '${id}'`);
    for (const row of rows) {
      const answer = await reader.get(page.replace(/#.*$/u, '').replace('?', `/pieces/${row.id}?`));
      const bytes = await answer.arrayBuffer().catch(() => undefined);
      const key = bytes && answer.ok ? keyOf(sha256(new Uint8Array(bytes))) : undefined;
      if (key) found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  return found;
}

/** What was acknowledged and is not there, and what is there more than once. */
export function compare(acknowledged: readonly string[], found: ReadonlyMap<string, number>): { lost: number; duplicated: number } {
  const lost = acknowledged.filter((key) => !found.has(key)).length;
  const duplicated = [...found.values()].reduce((sum, times) => sum + times - 1, 0);
  return { lost, duplicated };
}

const graceMs = 26 * 3_600_000;

/**
 * Bytes on the disk whose owner is nobody. A file that was received and not posted may wait 24 h: so the clock of the demonstration goes 26 h
 * forward, what lies half written is given the age it would have then, everything due is done, and what is left must belong to a message.
 */
export async function findOrphans(books: Books, { url, dataDir }: { url: string; dataDir: string }): Promise<string[]> {
  const files = join(dataDir, 'files');
  const aged = new Date(Date.now() - graceMs);
  for (const name of readdirSync(join(files, 'unfinished'))) utimesSync(join(files, 'unfinished', name), aged, aged);
  // A job that a dead process held is given to another after two minutes: those are not waited for.
  await books.query(`update pgboss.job set state = 'retry', start_after = now() where state = 'active' and started_on < now() - interval '2 seconds'`);
  const moved = await fetch(`${url}/demo/horloge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ avance: 'P1DT2H' }),
  });
  if (!moved.ok) throw new Error(`The clock did not move: ${moved.status} ${await moved.text()}`);
  const owned = new Set((await books.query<{ id: string }>('select blob_id as id from attachments where wrapped_key is not null')).map(({ id }) => id));
  return blobsIn(files).filter((name) => !owned.has(name));
}

export function blobsIn(files: string): string[] {
  if (!existsSync(files)) return [];
  return readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
