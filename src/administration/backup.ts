import type { Database } from '#context';
import { listKeptBlobs } from '#domain/attachments/api.ts';
import { recogniseKeyring, updateKeysCopied } from '#domain/retention/api.ts';
import { KeyCopyOfAnother, keyCopyName, writeKeyCopy } from '#platform/backup/key-copy.ts';
import { BackupExists, writeBackup } from '#platform/backup/write-backup.ts';
import type { Config } from '#platform/config/config.ts';
import { fingerprintsOf, type KeyringContent, readKeyring } from '#platform/keys/copy-keyring.ts';
import { formatBytes } from '#shared/bytes.ts';
import type { Arguments } from './arguments.ts';
import { withReadyDatabase } from './open.ts';
import { readPassphrase } from './passphrase.ts';
import { refusal, tell } from './terminal.ts';

/** Who is signed in, what browsers are doing at the door, what open screens are told: nobody should be signed in or called by a restore. */
const notWorthKeeping = ['sessions', 'sign_in_flows', 'events'] as const;

/** `backup DIR`: all but the keys. `backup --keys DIR`: the keys, under a passphrase, in the place of the last copy. */
export function backUp(given: Arguments): Promise<void> {
  const [folder = ''] = given.rest;
  return given.flags.has('keys') ? backUpKeys(folder) : backUpContent(folder);
}

async function backUpContent(folder: string): Promise<void> {
  await withReadyDatabase(async (database, config) => {
    const manifest = await writeBackup(folder, {
      databaseUrl: database.url,
      storageDir: config.storageDir,
      keyring: await ownKeyring(database.db, config),
      without: notWorthKeeping,
      listBlobs: listKeptBlobs,
      at: new Date(),
    }).catch((error: unknown) => {
      throw error instanceof BackupExists ? refusal('backup.exists', { folder }) : error;
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    tell('backup.done', {
      folder,
      rows,
      files: manifest.files.count,
      french: formatBytes(manifest.files.bytes, 'fr-CA'),
      english: formatBytes(manifest.files.bytes, 'en'),
    });
  });
}

async function backUpKeys(folder: string): Promise<void> {
  const passphrase = await readPassphrase('to-close');
  await withReadyDatabase(async ({ db }, config) => {
    const content = await ownKeyring(db, config);
    const at = new Date();
    await writeKeyCopy(folder, { content, passphrase, at }).catch((error: unknown) => {
      throw error instanceof KeyCopyOfAnother ? refusal('backup.keys-of-another', { folder }) : error;
    });
    await updateKeysCopied(db, at);
    tell('backup.keys-done', { file: `${folder}/${keyCopyName}`, days: content.days.size });
  });
}

/** Never a stranger's, which would take the place of the good copy. */
async function ownKeyring(db: Database, config: Config): Promise<KeyringContent> {
  const content = await readKeyring(config.keyringDir);
  if (!content) throw refusal('keyring.none', { folder: config.keyringDir });
  await recogniseKeyring(db, fingerprintsOf(content).keyring);
  return content;
}
