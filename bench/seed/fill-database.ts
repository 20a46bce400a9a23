import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { TableRows } from './rows.ts';

/** Those whose indexes are made again afterwards, which is faster than growing them. */
const large = ['activities', 'conversations', 'inboxes', 'messages', 'openings', 'participations'];
const chunkChars = 128 * 1024;

/**
 * Fills the tables by COPY in one transaction, without looking after foreign keys line by line (the role is the cluster's own), then vacuums as
 * PostgreSQL would by itself. The tables of the conversations must be empty. Answers how many rows each got.
 */
export async function fillDatabase(client: pg.Client, tables: readonly TableRows[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await client.query('set session_replication_role = replica');
  await client.query("set maintenance_work_mem = '512MB'");
  await client.query('begin');
  // Emptied by this very transaction, a table needs no journal of what is copied into it.
  await client.query(`truncate ${large.join(', ')}, attachments, delegated_pasts, reminders cascade`);
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = current_schema() and tablename = any($1) and indexname not in (select conname from pg_constraint)`,
    [large],
  );
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  for (const { table, columns, lines } of tables) counts[table] = await copy(client, `copy ${table} (${columns.join(', ')}) from stdin`, lines());
  for (const { definition } of indexes.rows) await client.query(definition);
  await client.query('commit');
  await client.query('set session_replication_role = origin');
  await client.query('vacuum (analyze)');
  return counts;
}

async function copy(client: pg.Client, statement: string, lines: Iterable<string>): Promise<number> {
  const stream = client.query(copyFrom(statement));
  await pipeline(Readable.from(chunks(lines), { objectMode: false, highWaterMark: 4 * chunkChars }), stream);
  return stream.rowCount ?? 0;
}

function* chunks(lines: Iterable<string>): Generator<Buffer> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < chunkChars) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
