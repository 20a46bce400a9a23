import { giveUpQueued } from '#domain/notices/api.ts';
import { KeyCopyClosed, keyCopyName, readKeyCopy } from '#platform/backup/key-copy.ts';
import { restoreBackup, verifyBackup } from '#platform/backup/restore-backup.ts';
import { RestoreRefused } from '#platform/backup/restore-refused.ts';
import { refuseUsedFolder } from '#platform/backup/unfinished-restore.ts';
import type { Config } from '#platform/config/config.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { type KeyringContent, readKeyring } from '#platform/keys/copy-keyring.ts';
import type { Arguments } from './arguments.ts';
import { withDatabase } from './open.ts';
import { readPassphrase } from './passphrase.ts';
import { refusal, tell } from './terminal.ts';

/**
 * `restore DIR --keys DIR`: into an empty database and empty folders; without `--keys` beside the keyring that is in its place. All is verified
 * before the first byte is written.
 */
export async function restore(given: Arguments): Promise<void> {
  const [folder = ''] = given.rest;
  const { config } = readConfig();
  try {
    await restoreFrom(folder, { keys: given.options.keys, withoutMissingDays: given.flags.has('without-missing-days') }, config);
  } catch (error) {
    throw error instanceof RestoreRefused ? sentenceOf(error, folder) : error;
  }
}

async function restoreFrom(folder: string, from: { keys: string | undefined; withoutMissingDays: boolean }, config: Config): Promise<void> {
  const keyring = from.keys === undefined ? await presentKeyring(config) : await copiedKeyring(from.keys);
  if (from.keys !== undefined) await refuseUsedFolder(config.keyringDir);
  await refuseUsedFolder(config.storageDir);
  const manifest = await verifyBackup(folder, keyring, from);
  if (manifest.demonstration !== config.demo) throw refusal(config.demo ? 'restore.not-a-demonstration' : 'restore.demonstration');
  let givenUp = 0;
  await withDatabase(({ url }) =>
    restoreBackup(folder, manifest, {
      databaseUrl: url,
      storageDir: config.storageDir,
      keyringDir: from.keys === undefined ? undefined : config.keyringDir,
      keyring,
      settle: async (db) => {
        givenUp = await giveUpQueued(db);
      },
    }),
  );
  tell('restore.done', { at: manifest.at, files: manifest.files.count, count: givenUp });
}

async function copiedKeyring(folder: string): Promise<KeyringContent> {
  const passphrase = await readPassphrase('to-open');
  const copy = await readKeyCopy(folder, passphrase).catch((error: unknown) => {
    throw error instanceof KeyCopyClosed ? refusal('restore.keys-closed', { folder }) : error;
  });
  if (!copy) throw refusal('restore.keys-absent', { file: `${folder}/${keyCopyName}` });
  return copy.content;
}

async function presentKeyring(config: Config): Promise<KeyringContent> {
  const content = await readKeyring(config.keyringDir);
  if (!content) throw refusal('restore.keys-needed', { folder: config.keyringDir });
  return content;
}

function sentenceOf({ reason }: RestoreRefused, folder: string) {
  const days = 'days' in reason ? reason.days : [];
  const path = 'path' in reason ? reason.path : '';
  return refusal(`restore.${reason.fault}`, { folder, path, count: days.length, days: days.slice(0, 5).join(', ') });
}
