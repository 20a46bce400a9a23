import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { DatabaseClient } from '../database/database-client.ts';
import { listKnownMigrations, migrate, migrateInside } from '../database/migrate.ts';
import type { DB } from '../database/schema.ts';
import { syncFolder, unlessCode } from '../files/durable.ts';
import { fingerprintsOf, type KeyringContent, writeKeyring } from '../keys/copy-keyring.ts';
import { isSealed, type Manifest, manifestSchema, names } from './manifest.ts';
import { parseJson } from './parse-json.ts';
import { RestoreRefused } from './restore-refused.ts';
import { findAltered, parseSums, sumOf } from './sums.ts';
import { inOrderOfReference, loadTable, settleIdentities } from './tables.ts';
import { beginRestore, endRestore, type Restoring, takeBack } from './unfinished-restore.ts';
import { kyselyOver } from './write-backup.ts';

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

/**
 * Fills an empty database and empty folders from a backup that `verifyBackup` has passed. An older backup is loaded into the tables it knew, and
 * migrated from there in the same transaction. Rows are seen only once files and keys are in their place; a failure before that takes back
 * what was placed, and what a restore that was killed has placed is taken back by the next one. Refuses a database or a folder in use.
 */
export async function restoreBackup(folder: string, manifest: Manifest, target: RestoreTarget): Promise<void> {
  const client = new DatabaseClient({ connectionString: target.databaseUrl, application_name: 'pli-restore' });
  await client.connect();
  try {
    const folders = [target.storageDir, ...(target.keyringDir === undefined ? [] : [target.keyringDir])];
    const names = manifest.migrations.map(({ name }) => name);
    const restoring = await beginRestore(client, folders, names);
    try {
      await migrate(target.databaseUrl, undefined, names);
      await client.query('begin');
      await loadTables(client, folder, manifest);
      await migrateInside(client);
      await place(folder, target);
      await target.settle(kyselyOver(client));
      await endRestore(client, restoring);
    } catch (error) {
      await abandon(client, restoring);
      throw error;
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function abandon(client: pg.Client, restoring: Restoring): Promise<void> {
  await client.query('rollback').catch(() => undefined); // The first error is the one to tell.
  for (const folder of restoring.folders) await takeBack(folder);
}

async function place(folder: string, target: RestoreTarget): Promise<void> {
  await cp(join(folder, names.files), target.storageDir, { recursive: true });
  await syncFolder(dirname(target.storageDir));
  if (target.keyringDir !== undefined) await writeKeyring(target.keyringDir, target.keyring);
}

async function loadTables(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  for (const table of await inOrderOfReference(client, manifest.tables)) {
    const expected = manifest.tables.find(({ name }) => name === table.name)?.rows;
    const loaded = await loadTable(client, table, join(folder, names.tables));
    if (loaded !== expected) throw new Error(`Table ${table.name}: ${loaded} rows loaded of ${expected}`);
  }
  await settleIdentities(client);
}
