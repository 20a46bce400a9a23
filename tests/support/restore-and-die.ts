// A restore whose process is killed at its last step: files and keys are in their place, the rows are not committed.
// Run by killed-restore.test.ts with its target as JSON.

import { restoreBackup, verifyBackup } from '../../src/platform/backup/restore-backup.ts';
import { readKeyring } from '../../src/platform/keys/copy-keyring.ts';

type Asked = { folder: string; keys: string; databaseUrl: string; storageDir: string; keyringDir: string };

const asked: Asked = JSON.parse(process.argv[2] ?? '');
const keyring = await readKeyring(asked.keys);
if (!keyring) throw new Error('no keyring');
const manifest = await verifyBackup(asked.folder, keyring, { withoutMissingDays: false });
await restoreBackup(asked.folder, manifest, {
  ...asked,
  keyring,
  settle: async () => {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});
