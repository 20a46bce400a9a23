import { cp, mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { DatabaseClient } from '../database/database-client.ts';
import { listKnownMigrations, migrate } from '../database/migrate.ts';
import type { DB } from '../database/schema.ts';
import { syncFolder, unlessCode } from '../files/durable.ts';
import { fingerprintsOf, type KeyringContent, writeKeyring } from '../keys/copy-keyring.ts';
import { isSealed, type Manifest, manifestSchema, names } from './manifest.ts';
import { findAltered, parseSums, sumOf } from './sums.ts';
import { hasRows, inOrderOfReference, loadTable, settleIdentities } from './tables.ts';
import { kyselyOver } from './write-backup.ts';

/** Why a backup is not restored; nothing was written. */
export type RestoreFault =
  | { fault: 'not-whole' | 'sums' | 'wrong-keys' | 'manifest-altered' | 'newer' | 'database-used' }
  | { fault: 'file-altered' | 'folder-used'; path: string }
  | { fault: 'days-missing'; days: string[] };

export class RestoreRefused extends Error {
  override name = 'RestoreRefused';
  readonly reason: RestoreFault;
  constructor(reason: RestoreFault) {
    super(reason.fault);
    this.reason = reason;
  }
}

/** Everything about a backup that can be known without writing: that it is whole, unaltered, readable by this version, and that these are its keys. */
export async function verifyBackup(folder: string, keyring: KeyringContent, options: { withoutMissingDays: boolean }): Promise<Manifest> {
  const read = (name: string) => readFile(join(folder, name)).catch(unlessCode('ENOENT'));
  const [bytes, seal, sums] = [await read(names.manifest), await read(names.seal), await read(names.sums)];
  if (!bytes || !seal || !sums) throw new RestoreRefused({ fault: 'not-whole' });
  const parsed = manifestSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw new RestoreRefused({ fault: 'manifest-altered' });
  const manifest = parsed.data;
  const own = fingerprintsOf(keyring);
  if (manifest.keyring !== own.keyring) throw new RestoreRefused({ fault: 'wrong-keys' });
  if (!isSealed(bytes, seal, keyring.pepper)) throw new RestoreRefused({ fault: 'manifest-altered' });
  checkDays(manifest, { days: own.days, destroyed: keyring.destroyed }, options);
  checkMigrations(manifest);
  if (manifest.sums !== (await sumOf(join(folder, names.sums)))) throw new RestoreRefused({ fault: 'sums' });
  const listed = parseSums(sums.toString('utf8'));
  if (!listed) throw new RestoreRefused({ fault: 'sums' });
  const altered = await findAltered(folder, listed);
  if (altered !== undefined) throw new RestoreRefused({ fault: 'file-altered', path: altered });
  return manifest;
}

/** A day that the backup had a key for and that the keys know nothing of was made after they were copied; one with another key is not ours. */
function checkDays(manifest: Manifest, own: { days: Record<string, string>; destroyed: readonly string[] }, options: { withoutMissingDays: boolean }): void {
  const destroyed = new Set(own.destroyed);
  const missing = Object.keys(manifest.days).filter((day) => own.days[day] === undefined && !destroyed.has(day));
  const foreign = Object.entries(manifest.days).some(([day, fingerprint]) => own.days[day] !== undefined && own.days[day] !== fingerprint);
  if (foreign) throw new RestoreRefused({ fault: 'wrong-keys' });
  if (missing.length > 0 && !options.withoutMissingDays) throw new RestoreRefused({ fault: 'days-missing', days: missing });
}

function checkMigrations(manifest: Manifest): void {
  const known = new Map(listKnownMigrations().map(({ name, checksum }) => [name, checksum]));
  if (manifest.migrations.some(({ name, checksum }) => known.get(name) !== checksum)) throw new RestoreRefused({ fault: 'newer' });
}

export type RestoreTarget = {
  databaseUrl: string;
  storageDir: string;
  /** Where the keys go; undefined: they are in their place already. */
  keyringDir: string | undefined;
  keyring: KeyringContent;
  /** What has to be set right in the rows, in the same transaction. */
  settle: (db: Kysely<DB>) => Promise<void>;
};

/** A folder to be filled must not be there, or be empty but for what Pli leaves of unfinished files. */
export async function refuseUsedFolder(folder: string): Promise<void> {
  const found = (await readdir(folder).catch(unlessCode('ENOENT'))) ?? [];
  if (found.some((name) => name !== 'unfinished' && name !== 'lost+found')) throw new RestoreRefused({ fault: 'folder-used', path: folder });
}

/**
 * Fills an empty database and empty folders from a backup that `verifyBackup` has passed. Rows are seen only once files and keys are in their
 * place; a failure before that takes back what was placed.
 */
export async function restoreBackup(folder: string, manifest: Manifest, target: RestoreTarget): Promise<void> {
  const client = new DatabaseClient({ connectionString: target.databaseUrl, application_name: 'pli-restore' });
  await client.connect();
  const placed: string[] = [];
  try {
    if (await hasRows(client)) throw new RestoreRefused({ fault: 'database-used' });
    await migrate(
      target.databaseUrl,
      undefined,
      manifest.migrations.map(({ name }) => name),
    );
    await client.query('begin');
    await loadTables(client, folder, manifest);
    await target.settle(kyselyOver(client));
    await placeFiles(folder, target.storageDir, placed);
    if (target.keyringDir !== undefined) {
      placed.push(target.keyringDir);
      await writeKeyring(target.keyringDir, target.keyring);
    }
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    for (const path of placed) await takeBack(path);
    throw error;
  } finally {
    await client.end();
  }
}

async function loadTables(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  for (const table of await inOrderOfReference(client, manifest.tables)) {
    const expected = manifest.tables.find(({ name }) => name === table.name)?.rows;
    const loaded = await loadTable(client, table, join(folder, names.tables));
    if (loaded !== expected) throw new Error(`Table ${table.name}: ${loaded} rows loaded of ${expected}`);
  }
  await settleIdentities(client);
}

/** Copied aside, then renamed; straight into a folder that somebody made ready, which may be the root of a volume and cannot be renamed. */
async function placeFiles(folder: string, storageDir: string, placed: string[]): Promise<void> {
  placed.push(storageDir);
  if (await stat(storageDir).catch(unlessCode('ENOENT'))) {
    await cp(join(folder, names.files), storageDir, { recursive: true });
    return;
  }
  const unfinished = `${storageDir}.restoring`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(storageDir), { recursive: true });
  placed.push(unfinished);
  await cp(join(folder, names.files), unfinished, { recursive: true });
  await rename(unfinished, storageDir);
  await syncFolder(dirname(storageDir));
}

/** What it holds, and itself where that can be. */
async function takeBack(folder: string): Promise<void> {
  for (const name of (await readdir(folder).catch(unlessCode('ENOENT'))) ?? []) await rm(join(folder, name), { recursive: true, force: true });
  await rmdir(folder).catch(() => undefined);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
