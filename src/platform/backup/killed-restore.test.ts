import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listKeptBlobs, receiveFile } from '#domain/attachments/api.ts';
import { emptyDatabase } from '../../../tests/support/database.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { readKeyring } from '../keys/copy-keyring.ts';
import { projectRoot } from '../project-root.ts';
import { restoreBackup, verifyBackup } from './restore-backup.ts';
import { RestoreRefused } from './restore-refused.ts';
import { refuseUsedFolder } from './unfinished-restore.ts';
import { writeBackup } from './write-backup.ts';

let world: Innovactione;
let target: { folder: string; keys: string; databaseUrl: string; storageDir: string; keyringDir: string };
let drop: () => Promise<void>;

beforeEach(async () => {
  world = await makeInnovactione();
  const marie = await world.as(world.marie.profileId);
  const source = Readable.from([Buffer.from('le relevé')]);
  const received = await receiveFile(marie, { profileId: world.marie.profileId, name: 'a.txt', mediaType: 'text/plain', source, limit: 1000 });
  await converse(marie, world.marie.personaId, { title: 'Relevé', uploadIds: [done(received).uploadId] });
  const empty = await emptyDatabase();
  ({ drop } = empty);
  const [folder, keys] = [join(temporaryFolder(), 'backup'), join(world.folder, 'keys')];
  target = { folder, keys, databaseUrl: empty.url, storageDir: join(folder, '..', 'files'), keyringDir: join(folder, '..', 'keys') };
  await writeBackup(folder, {
    databaseUrl: world.database.url,
    storageDir: join(world.folder, 'files'),
    keyring: await keyringOf(keys),
    without: ['sessions', 'sign_in_flows', 'events'],
    listBlobs: listKeptBlobs,
    at: world.ctx.now(),
  });
});
afterEach(async () => {
  await drop();
  await world.dispose();
});

async function keyringOf(folder: string) {
  const content = await readKeyring(folder);
  if (!content) throw new Error('no keyring');
  return content;
}

async function restoreAgain(changes: Partial<typeof target> = {}): Promise<void> {
  const keyring = await keyringOf(target.keys);
  const manifest = await verifyBackup(target.folder, keyring, { withoutMissingDays: false });
  await restoreBackup(target.folder, manifest, { ...target, ...changes, keyring, settle: async () => undefined });
}

function killedRestore(): void {
  const script = join(projectRoot(), 'tests', 'support', 'restore-and-die.ts');
  expect(spawnSync(process.execPath, [script, JSON.stringify(target)], { cwd: projectRoot(), encoding: 'utf8' })).toMatchObject({
    signal: 'SIGKILL',
    stderr: '',
  });
}

async function count(table: string): Promise<number> {
  const client = new pg.Client({ connectionString: target.databaseUrl });
  await client.connect();
  try {
    return (await client.query<{ count: number }>(`select count(*)::int as count from ${table}`)).rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof RestoreRefused ? error.reason.fault : error),
  );

test('a restore killed at its last step has shown nothing, and the next one takes back what it left and is whole', async () => {
  killedRestore();
  expect([await count('messages'), readdirSync(target.storageDir).length > 1, existsSync(join(target.keyringDir, 'pepper'))]).toEqual([0, true, true]);
  writeFileSync(join(target.storageDir, 'left-behind'), '');
  await refuseUsedFolder(target.storageDir);
  await restoreAgain();
  expect([await count('messages'), await count('attachments')]).toEqual([1, 1]);
  for (const folder of [target.storageDir, target.keyringDir]) {
    expect(readdirSync(folder).filter((name) => name === 'left-behind' || name === '.restoring')).toEqual([]);
  }
  expect((await keyringOf(target.keyringDir)).pepper.equals((await keyringOf(target.keys)).pepper)).toBe(true);
  expect(await reasonOf(restoreAgain())).toBe('database-used');
});

test('a folder that another restore has left, or that anybody uses, is not emptied', async () => {
  killedRestore();
  const other = await emptyDatabase();
  expect(await reasonOf(restoreAgain({ databaseUrl: other.url }))).toBe('folder-used');
  await other.drop();
  const used = join(target.folder, '..', 'used');
  mkdirSync(used);
  writeFileSync(join(used, 'somebody-s'), 'here');
  expect(await reasonOf(restoreAgain({ storageDir: used }))).toBe('folder-used');
  expect(await reasonOf(refuseUsedFolder(used))).toBe('folder-used');
  expect([readdirSync(used), existsSync(join(target.keyringDir, 'pepper'))]).toEqual([['somebody-s'], true]);
});
