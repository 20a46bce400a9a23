import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { listKeptBlobs, receiveFile } from '#domain/attachments/api.ts';
import { giveUpQueued } from '#domain/notices/api.ts';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { type KeyringContent, readKeyring } from '../keys/copy-keyring.ts';
import { openKeyring } from '../keys/open-keyring.ts';
import { restoreBackup, verifyBackup } from './restore-backup.ts';
import { RestoreRefused } from './restore-refused.ts';
import { refuseUsedFolder } from './unfinished-restore.ts';
import { type BackupSource, writeBackup } from './write-backup.ts';

let world: Innovactione;
let marie: SignedInCtx;
let empty: ClonedDatabase;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
  empty = await cloneDatabase();
});
afterEach(async () => {
  await empty.drop();
  await world.dispose();
});

async function ownKeys(): Promise<KeyringContent> {
  const content = await readKeyring(join(world.folder, 'keys'));
  if (!content) throw new Error('no keyring');
  return content;
}

async function sourceOf(changes: Partial<BackupSource> = {}): Promise<BackupSource> {
  return {
    databaseUrl: world.database.url,
    storageDir: join(world.folder, 'files'),
    keyring: await ownKeys(),
    without: ['sessions', 'sign_in_flows'],
    listBlobs: listKeptBlobs,
    at: world.ctx.now(),
    ...changes,
  };
}

async function withFile(title: string): Promise<void> {
  const source = Readable.from([Buffer.from('le relevé')]);
  const { uploadId } = done(await receiveFile(marie, { profileId: world.marie.profileId, name: 'a.txt', mediaType: 'text/plain', source, limit: 1000 }));
  await converse(marie, world.marie.personaId, { title, uploadIds: [uploadId] });
}

const rowsOf = (database: ClonedDatabase, table: string) =>
  database.pool.query<{ count: number }>(`select count(*) from ${table}`).then(({ rows }) => rows[0]?.count);
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RestoreRefused ? error.reason.fault : error),
  );

test('one instant: what is posted while the backup is written is not in it, neither its rows nor its file', async () => {
  await withFile('Avant');
  const folder = join(temporaryFolder(), 'backup');
  const manifest = await writeBackup(
    folder,
    await sourceOf({
      listBlobs: async function* (snapshot) {
        await withFile('Pendant');
        yield* listKeptBlobs(snapshot);
      },
    }),
  );
  expect([manifest.files.count, manifest.tables.find(({ name }) => name === 'conversations')?.rows]).toEqual([1, 1]);
  expect(manifest.tables.map(({ name }) => name)).not.toContain('sessions');
  await restoreBackup(folder, await verifyBackup(folder, await ownKeys(), { withoutMissingDays: false }), {
    databaseUrl: empty.url,
    storageDir: join(folder, '..', 'files'),
    keyringDir: join(folder, '..', 'keys'),
    keyring: await ownKeys(),
    settle: async () => undefined,
  });
  expect([await rowsOf(empty, 'conversations'), await rowsOf(empty, 'attachments'), await rowsOf(empty, 'sessions')]).toEqual([1, 1, 0]);
});

test('what waited to be sent is given up, identities go on, and a used database is refused with nothing left behind', async () => {
  await withFile('Relevé');
  const folder = join(temporaryFolder(), 'backup');
  await writeBackup(folder, await sourceOf());
  const manifest = await verifyBackup(folder, await ownKeys(), { withoutMissingDays: false });
  const [storageDir, keyringDir] = [join(folder, '..', 'data', 'files'), join(folder, '..', 'keys')];
  const target = { databaseUrl: empty.url, storageDir, keyringDir, keyring: await ownKeys() };
  let givenUp = 0;
  await restoreBackup(folder, manifest, {
    ...target,
    settle: async (db) => {
      givenUp = await giveUpQueued(db);
    },
  });
  expect(givenUp).toBeGreaterThan(0);
  expect(await rowsOf(empty, `outgoing_mails where status = 'queued'`)).toBe(0);
  expect(await rowsOf(empty, `notices where state = 'queued'`)).toBe(0);
  await empty.pool.query(
    `insert into outgoing_mails (id, kind, recipient, locale, created_at, due_at) values (gen_random_uuid(), 'code', 'x', 'en', now(), now())`,
  );

  const [otherFiles, otherKeys] = [join(folder, '..', 'other', 'files'), join(folder, '..', 'other', 'keys')];
  expect(await faultOf(restoreBackup(folder, manifest, { ...target, storageDir: otherFiles, keyringDir: otherKeys, settle: async () => undefined }))).toBe(
    'database-used',
  );
  expect(readdirSync(join(folder, '..')).sort()).toEqual(['backup', 'data', 'keys']);
  expect(await faultOf(refuseUsedFolder(storageDir))).toBe('folder-used');
});

test('a failure on the way takes back files and keys, and the database stays empty', async () => {
  await withFile('Relevé');
  const folder = join(temporaryFolder(), 'backup');
  await writeBackup(folder, await sourceOf());
  const manifest = await verifyBackup(folder, await ownKeys(), { withoutMissingDays: false });
  const [storageDir, keyringDir] = [join(folder, '..', 'files'), join(folder, '..', 'keys')];
  const keyring = { ...(await ownKeys()), days: new Map([['no/where', Buffer.alloc(32)]]) };
  await expect(restoreBackup(folder, manifest, { databaseUrl: empty.url, storageDir, keyringDir, keyring, settle: async () => undefined })).rejects.toThrow();
  expect(readdirSync(join(folder, '..'))).toEqual(['backup']);
  expect(await rowsOf(empty, 'profiles')).toBe(0);
});

test('keys of another installation, keys copied before the backup, and a file that is gone', async () => {
  const before = await ownKeys();
  await withFile('Relevé');
  const folder = join(temporaryFolder(), 'backup');
  await writeBackup(folder, await sourceOf());
  const keys = await ownKeys();
  const strict = { withoutMissingDays: false };
  await openKeyring(join(folder, '..', 'others'));
  const others = await readKeyring(join(folder, '..', 'others'));
  expect(others && (await faultOf(verifyBackup(folder, others, strict)))).toBe('wrong-keys');
  expect(await faultOf(verifyBackup(folder, before, strict))).toBe('days-missing');
  expect(await faultOf(verifyBackup(folder, before, { withoutMissingDays: true }))).toBe('none');
  const swapped = { ...keys, days: new Map([...keys.days.keys()].map((day) => [day, Buffer.alloc(32, 7)])) };
  expect(await faultOf(verifyBackup(folder, swapped, strict))).toBe('wrong-keys');
  expect(await faultOf(verifyBackup(folder, { ...keys, days: new Map(), destroyed: [...keys.days.keys()] }, strict))).toBe('none');
  const [place = ''] = readdirSync(join(folder, 'files'));
  rmSync(join(folder, 'files', place), { recursive: true });
  expect(await faultOf(verifyBackup(folder, keys, strict))).toBe('file-altered');
  rmSync(join(folder, 'manifest.seal'));
  expect(await faultOf(verifyBackup(folder, keys, strict))).toBe('not-whole');
});

test('by a role that is no superuser, into a database it owns', async () => {
  await withFile('Relevé');
  const folder = join(temporaryFolder(), 'backup');
  await writeBackup(folder, await sourceOf());
  const manifest = await verifyBackup(folder, await ownKeys(), { withoutMissingDays: false });
  const name = new URL(empty.url).pathname.slice(1);
  const { administer } = world.database;
  await administer(`create role ${name} login password 'ordinary'`);
  await administer(`create database ${name}_owned owner ${name}`);
  const owned = new URL(empty.url);
  owned.username = name;
  owned.password = 'ordinary';
  owned.pathname = `/${name}_owned`;
  try {
    const target = { storageDir: join(folder, '..', 'files'), keyringDir: undefined, keyring: await ownKeys(), settle: async () => undefined };
    await restoreBackup(folder, manifest, { databaseUrl: owned.toString(), ...target });
    const reader = new pg.Client({ connectionString: owned.toString() });
    await reader.connect();
    expect((await reader.query('select count(*)::int as count from messages')).rows).toEqual([{ count: 1 }]);
    await reader.end();
  } finally {
    await administer(`drop database ${name}_owned with (force)`);
    await administer(`drop role ${name}`);
  }
});
