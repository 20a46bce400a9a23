import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { createDurably, unlessCode } from '../files/durable.ts';
import { RestoreRefused } from './restore-refused.ts';
import { hasRows, unfinishedTable } from './tables.ts';

/**
 * A restore that is under way: a mark in each folder it fills, and the same mark in the database, where it goes in the very transaction that
 * shows the rows. Folders whose mark the database still holds are what a killed restore left; any other folder is somebody's.
 */
export type Restoring = { mark: string; folders: readonly string[] };

const markName = '.restoring';

/** Pli leaves unfinished files in the one, file systems the other. */
const nothingOfNote = ['unfinished', 'lost+found'];

/** A folder to be filled must not be there, be empty, or be what a restore that was killed has left. */
export async function refuseUsedFolder(folder: string): Promise<void> {
  const found = await namesIn(folder);
  if (found.length > 0 && !found.includes(markName)) throw new RestoreRefused({ fault: 'folder-used', path: folder });
}

/** Takes back what a killed restore left, and marks database and folders. Refuses what is in use, before anything is written. */
export async function beginRestore(client: pg.Client, folders: readonly string[], migrations: readonly string[]): Promise<Restoring> {
  if (await hasRows(client)) throw new RestoreRefused({ fault: 'database-used' });
  if (await isPreparedBeyond(client, migrations)) throw new RestoreRefused({ fault: 'database-prepared' });
  const marks = await marksOf(client);
  for (const folder of folders) if (!(await isOurs(folder, marks))) throw new RestoreRefused({ fault: 'folder-used', path: folder });
  for (const folder of folders) await takeBack(folder);
  const mark = randomUUID();
  await client.query(`create table if not exists ${unfinishedTable} (mark text primary key)`);
  await client.query(`insert into ${unfinishedTable} (mark) values ($1)`, [mark]);
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createDurably(folder, markName, Buffer.from(mark));
  }
  return { mark, folders };
}

/** Commits: from then on the marks left in the folders, if any, say nothing. */
export async function endRestore(client: pg.Client, { folders }: Restoring): Promise<void> {
  await client.query(`drop table ${unfinishedTable}`);
  await client.query('commit');
  for (const folder of folders) await rm(join(folder, markName), { force: true });
}

/** What it holds, and itself where that can be: it may be the root of a volume. */
export async function takeBack(folder: string): Promise<void> {
  for (const name of (await readdir(folder).catch(unlessCode('ENOENT'))) ?? []) {
    // The mark last: killed here as well, the folder is still known for what it is.
    if (name !== markName && name !== 'lost+found') await rm(join(folder, name), { recursive: true, force: true });
  }
  await rm(join(folder, markName), { force: true });
  await rmdir(folder).catch(() => undefined);
}

async function isOurs(folder: string, marks: ReadonlySet<string>): Promise<boolean> {
  if ((await namesIn(folder)).length === 0) return true;
  const mark = await readFile(join(folder, markName), 'utf8').catch(unlessCode('ENOENT'));
  return mark !== undefined && marks.has(mark);
}

async function namesIn(folder: string): Promise<string[]> {
  const found = (await readdir(folder).catch(unlessCode('ENOENT'))) ?? [];
  return found.filter((name) => !nothingOfNote.includes(name));
}

async function marksOf(client: pg.Client): Promise<Set<string>> {
  if (!(await exists(client, unfinishedTable))) return new Set();
  const { rows } = await client.query<{ mark: string }>(`select mark from ${unfinishedTable}`);
  return new Set(rows.map(({ mark }) => mark));
}

/** Tables are never taken back to an older form: an empty database that a later Pli has prepared is of no use for this backup. */
async function isPreparedBeyond(client: pg.Client, migrations: readonly string[]): Promise<boolean> {
  if (!(await exists(client, 'schema_migrations'))) return false;
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
  return rows.some(({ name }) => !migrations.includes(name));
}

async function exists(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>('select to_regclass($1) is not null as known', [`public.${table}`]);
  return rows[0]?.known ?? false;
}
