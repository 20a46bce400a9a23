import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { DatabaseClient } from '../database/database-client.ts';
import type { DB } from '../database/schema.ts';
import { createDurably, syncFolder, unlessCode } from '../files/durable.ts';
import { isAlive } from '../is-alive.ts';
import { fingerprintsOf, type KeyringContent } from '../keys/copy-keyring.ts';
import { blobPath } from '../storage/blob-path.ts';
import { type Manifest, names, sealOf } from './manifest.ts';
import { formatSums, type Sums, sumOf } from './sums.ts';
import { dumpTable, fileOf, listTables, unfinishedTable } from './tables.ts';

export type BackupSource = {
  databaseUrl: string;
  storageDir: string;
  /** Of the keyring only what recognises it goes into the backup. */
  keyring: KeyringContent;
  /** Tables whose rows are worth nothing later, or should not come back: sessions. */
  without: readonly string[];
  /** The blobs that the rows of this snapshot name, in any order. */
  listBlobs: (snapshot: Kysely<DB>) => AsyncIterable<string>;
  at: Date;
};

export class BackupExists extends Error {
  override name = 'BackupExists';
}

/**
 * Copies the database, in one snapshot, and the sealed files its rows name into a folder that does not exist yet. It is written under another
 * name and renamed once all of it is on the disk: a folder with the name asked for is whole. No key goes into it.
 */
export async function writeBackup(target: string, source: BackupSource): Promise<Manifest> {
  const folder = resolve(target);
  if (await isTaken(folder)) throw new BackupExists(folder);
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(folder);
  const unfinished = `${folder}.unfinished-${process.pid}`;
  try {
    const manifest = await writeWhole(unfinished, source);
    await rename(unfinished, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function isTaken(folder: string): Promise<boolean> {
  const there = await stat(folder).catch(unlessCode('ENOENT'));
  return there !== undefined && (!there.isDirectory() || (await readdir(folder)).length > 0);
}

/** What a backup of this name that was killed left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.unfinished-`;
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

async function writeWhole(folder: string, source: BackupSource): Promise<Manifest> {
  await mkdir(join(folder, names.tables), { recursive: true, mode: 0o700 });
  await mkdir(join(folder, names.files), { mode: 0o700 });
  const sums: Sums = new Map();
  const copied = await withSnapshot(source.databaseUrl, (client) => copySnapshot(client, { folder, source, sums }));
  await createDurably(folder, names.sums, Buffer.from(formatSums(sums)));
  const { keyring, days } = fingerprintsOf(source.keyring);
  const manifest: Manifest = {
    format: 'pli-backup-1',
    at: source.at.toISOString(),
    ...copied,
    keyring,
    days,
    sums: await sumOf(join(folder, names.sums)),
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  await createDurably(folder, names.manifest, bytes);
  await createDurably(folder, names.seal, sealOf(bytes, source.keyring.pepper));
  return manifest;
}

type Copying = { folder: string; source: BackupSource; sums: Sums };

async function copySnapshot(
  client: pg.Client,
  { folder, source, sums }: Copying,
): Promise<Pick<Manifest, 'demonstration' | 'migrations' | 'tables' | 'files'>> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations order by name');
  const { rows: marks } = await client.query<{ demonstration: boolean }>('select demonstration from installation');
  const tables: Manifest['tables'] = [];
  for (const table of await listTables(client, ['schema_migrations', unfinishedTable, ...source.without])) {
    const rows = await dumpTable(client, table, join(folder, names.tables));
    const path = `${names.tables}/${fileOf(table)}`;
    sums.set(path, await sumOf(join(folder, path)));
    tables.push({ ...table, rows });
  }
  const files = { count: 0, bytes: 0 };
  for await (const id of source.listBlobs(kyselyOver(client))) {
    const bytes = await copyBlob(id, { folder, source, sums });
    if (bytes === undefined) continue;
    files.count += 1;
    files.bytes += bytes;
  }
  return { demonstration: marks[0]?.demonstration ?? false, migrations, tables, files };
}

/** Undefined when the blob is gone: its message expired since the snapshot, and no restored Pli will ask for it. */
async function copyBlob(id: string, { folder, source, sums }: Copying): Promise<number | undefined> {
  const from = await open(blobPath(source.storageDir, id).file, 'r').catch(unlessCode('ENOENT'));
  if (!from) return undefined;
  const path = `${names.files}/${id.slice(-2)}/${id}`;
  await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new PassThrough().on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  await pipeline(from.createReadStream(), counting, createWriteStream(join(folder, path), { mode: 0o600, flush: true }));
  sums.set(path, hash.digest('hex'));
  return bytes;
}

/** One snapshot for all that is read: as if everything had been copied at the same instant. */
async function withSnapshot<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new DatabaseClient({ connectionString: url, application_name: 'pli-backup' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Kysely over one connection, whatever transaction it is in; nothing to close. */
export function kyselyOver(client: pg.Client): Kysely<DB> {
  const connection = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: () => Promise.resolve(connection), end: () => Promise.resolve() };
  // The dialect asks its pool for connections and these for answers, and for nothing else.
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) });
}
