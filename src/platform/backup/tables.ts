import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** Holds the marks of restores that have not ended (unfinished-restore.ts). */
export const unfinishedTable = 'restore_unfinished';

export type Table = { name: string; columns: string[] };

/** The tables of the schema `public` but those named, with the columns that are written to; by name. */
export async function listTables(client: pg.Client, without: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> all ($1)
     group by c.relname order by c.relname`,
    [without],
  );
  return rows;
}

/** Copies a table as PostgreSQL's text format, compressed; answers its rows. Text is what another version of PostgreSQL reads for certain. */
export async function dumpTable(client: pg.Client, table: Table, folder: string): Promise<number> {
  const rows = client.query(copyTo(`copy ${quoted(table)} to stdout`));
  await pipeline(rows, createGzip({ level: constants.Z_BEST_SPEED }), createWriteStream(join(folder, fileOf(table)), { mode: 0o600, flush: true }));
  return rows.rowCount;
}

export async function loadTable(client: pg.Client, table: Table, folder: string): Promise<number> {
  const rows = client.query(copyFrom(`copy ${quoted(table)} from stdin`));
  await pipeline(createReadStream(join(folder, fileOf(table))), createGunzip(), rows);
  return rows.rowCount;
}

export function fileOf({ name }: Table): string {
  return `${name}.copy.gz`;
}

/** Each after those it refers to, so that no right is needed to load them but that of writing. */
export async function inOrderOfReference(client: pg.Client, tables: readonly Table[]): Promise<Table[]> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select c.relname as from, r.relname as to from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and c.oid <> r.oid`,
  );
  const ordered: Table[] = [];
  let waiting = [...tables];
  while (waiting.length > 0) {
    const blocked = new Set(rows.filter(({ to }) => waiting.some(({ name }) => name === to)).map(({ from }) => from));
    const free = waiting.filter(({ name }) => !blocked.has(name));
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`);
    ordered.push(...free);
    waiting = waiting.filter(({ name }) => blocked.has(name));
  }
  return ordered;
}

/** Identities go on after the largest value loaded. */
export async function settleIdentities(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  );
  for (const { table, column } of rows) {
    const of = `coalesce((select max(${ident(column)}) from ${ident(table)}), 0) + 1`;
    await client.query(`select setval(pg_get_serial_sequence($1, $2), ${of}, false)`, [ident(table), column]);
  }
}

/** Whether any table of the schema `public` but the list of migrations and the mark of a restore has a row. */
export async function hasRows(client: pg.Client): Promise<boolean> {
  for (const table of await listTables(client, ['schema_migrations', unfinishedTable])) {
    const { rows } = await client.query<{ some: boolean }>(`select exists (select from ${ident(table.name)}) as some`);
    if (rows[0]?.some) return true;
  }
  return false;
}

function quoted({ name, columns }: Table): string {
  return `${ident(name)} (${columns.map(ident).join(', ')})`;
}

function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
