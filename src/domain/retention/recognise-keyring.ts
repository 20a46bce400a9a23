import type { Database } from '#context';
import { startRefused } from '#platform/start-refused.ts';
import { findKeyringFingerprint, updateKeyringFingerprint } from './queries.ts';

/**
 * Notes which keyring this database belongs to, the first time, and refuses (`StartRefused`) any other one from then on: a volume that is not
 * mounted would otherwise give a new, empty keyring, under which no password matches and no message opens.
 */
export async function recogniseKeyring(db: Database, fingerprint: string): Promise<void> {
  const known = await findKeyringFingerprint(db);
  if (known === undefined) await updateKeyringFingerprint(db, fingerprint);
  else if (known !== fingerprint) throw startRefused('keyring.other-database');
}
