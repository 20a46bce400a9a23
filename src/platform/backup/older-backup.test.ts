import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, emptyDatabase } from '../../../tests/support/database.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { listKnownMigrations, migrate } from '../database/migrate.ts';
import { type KeyringContent, readKeyring } from '../keys/copy-keyring.ts';
import { openKeyring } from '../keys/open-keyring.ts';
import { restoreBackup, verifyBackup } from './restore-backup.ts';
import { RestoreRefused } from './restore-refused.ts';
import { writeBackup } from './write-backup.ts';

let place: string;
let keyring: KeyringContent;
let drops: (() => Promise<void>)[];

beforeEach(async () => {
  drops = [];
  place = temporaryFolder();
  await openKeyring(join(place, 'keys'));
  const content = await readKeyring(join(place, 'keys'));
  if (!content) throw new Error('no keyring');
  keyring = content;
});
afterEach(async () => {
  for (const drop of drops) await drop();
});

async function newDatabase(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  drops.push(drop);
  return url;
}

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Marie and an organisation, in the words of the schema of that time. */
async function olderInstallation(migrations: readonly string[]): Promise<string> {
  const url = await newDatabase();
  await migrate(url, undefined, migrations);
  await inDatabase(url, async (client) => {
    await client.query(`insert into installation (demonstration, created_at) values (false, '2026-01-01Z')`);
    await client.query(
      `insert into organisations (id, slug, name, time_zone, locale, created_at)
       values (gen_random_uuid(), 'innovactione', 'Innovactione', 'America/Toronto', 'fr-CA', '2026-01-01Z')`,
    );
    await client.query(`insert into profiles (id, display_name, created_at) values ('01985c1a-0000-7000-8000-000000000001', 'Marie Unetelle', '2026-01-01Z')`);
    await client.query(
      `insert into personas (id, profile_id, address, address_key, created_at)
       values (gen_random_uuid(), '01985c1a-0000-7000-8000-000000000001', 'marie@x.example', 'marie@x.example', '2026-01-01Z')`,
    );
  });
  return url;
}

async function backUp(databaseUrl: string): Promise<string> {
  const folder = join(place, 'backup');
  await writeBackup(folder, { databaseUrl, storageDir: join(place, 'none'), keyring, without: [], listBlobs: noFiles, at: new Date('2026-01-02Z') });
  return folder;
}

function restore(folder: string, databaseUrl: string, manifest: Parameters<typeof restoreBackup>[1]): Promise<void> {
  return restoreBackup(folder, manifest, { databaseUrl, storageDir: join(place, 'files'), keyringDir: undefined, keyring, settle: async () => undefined });
}

/** Nobody had any then. */
const noFiles = () => Readable.from([]);

const strict = { withoutMissingDays: false };
const known = () => listKnownMigrations().map(({ name }) => name);
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RestoreRefused ? error.reason.fault : error),
  );

test.each(['0002-people', '0021-mail', '0031-events'])('a backup made by the Pli of %s is restored as it was, and migrated to this one', async (last) => {
  const folder = await backUp(await olderInstallation(known().filter((name) => name <= last)));
  const manifest = await verifyBackup(folder, keyring, strict);
  expect(manifest.migrations.at(-1)?.name).toBe(last);
  const url = await newDatabase();
  await restore(folder, url, manifest);
  const found = await inDatabase(url, async (client) => ({
    migrations: (await client.query<{ name: string }>('select name from schema_migrations order by name')).rows.map(({ name }) => name),
    people: (await client.query('select display_name, address from profiles join personas on profile_id = profiles.id')).rows,
    marks: (await client.query(`select to_regclass('restore_unfinished') as left`)).rows,
  }));
  expect(found).toEqual({ migrations: known(), people: [{ display_name: 'Marie Unetelle', address: 'marie@x.example' }], marks: [{ left: null }] });
  expect(await migrate(url)).toEqual([]);
});

test('rows of an older backup are never seen in their older form: what fails after them leaves the database empty', async () => {
  const folder = await backUp(await olderInstallation(known().filter((name) => name <= '0021-mail')));
  const manifest = await verifyBackup(folder, keyring, strict);
  const url = await newDatabase();
  const fails = () => Promise.reject(new Error('stop'));
  const target = { databaseUrl: url, storageDir: join(place, 'files'), keyringDir: undefined, keyring };
  await expect(restoreBackup(folder, manifest, { ...target, settle: fails })).rejects.toThrow('stop');
  expect(await inDatabase(url, async (client) => (await client.query('select from profiles')).rowCount)).toBe(0);
  expect(existsSync(join(place, 'files'))).toBe(false);
  await restore(folder, url, manifest);
  expect(await inDatabase(url, async (client) => (await client.query('select from profiles')).rowCount)).toBe(1);
});

test('an empty database that a later Pli has prepared is refused, and so is a backup made by a later Pli: nothing is written', async () => {
  const source = await olderInstallation(known().filter((name) => name <= '0021-mail'));
  const folder = await backUp(source);
  const prepared = await cloneDatabase();
  drops.push(prepared.drop);
  expect(await reasonOf(restore(folder, prepared.url, await verifyBackup(folder, keyring, strict)))).toBe('database-prepared');

  await inDatabase(source, (client) => client.query(`insert into schema_migrations (name, checksum) values ('9999-of-tomorrow', 'x')`));
  const later = join(place, 'later');
  await writeBackup(later, { databaseUrl: source, storageDir: join(place, 'none'), keyring, without: [], listBlobs: noFiles, at: new Date('2026-01-03Z') });
  expect(await reasonOf(verifyBackup(later, keyring, strict))).toBe('newer');
  expect(existsSync(join(place, 'files'))).toBe(false);
});
