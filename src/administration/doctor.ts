import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { findKeyCare } from '#domain/retention/api.ts';
import type { Config } from '#platform/config/config.ts';
import { readConfig } from '#platform/config/read-config.ts';
import type { OpenDatabase } from '#platform/database/database.ts';
import { listMissingMigrations } from '#platform/database/migrate.ts';
import { fingerprintsOf, readKeyring } from '#platform/keys/copy-keyring.ts';
import { openKeyring } from '#platform/keys/open-keyring.ts';
import { StartRefused } from '#platform/start-refused.ts';
import { formatBytes } from '#shared/bytes.ts';
import { examineMail } from './examine-mail.ts';
import { type Finding, finding } from './finding.ts';
import { withDatabase } from './open.ts';
import { say } from './terminal.ts';

const largestDifferenceMs = 5_000;
const copyNoOlderThanMs = 24 * 3_600_000;
/** One message may bring as much. */
const roomNeeded = 1024 ** 3;

/** `doctor`: everything Pli rests on, looked at without changing it. One line each; false when something is wrong. */
export async function examine(): Promise<boolean> {
  const { config } = readConfig();
  const findings = [...(await examineDatabase()), ...(await examineKeyring(config)), await examineStorage(config), ...(await examineMail(config))];
  for (const { well, sentence } of findings) say(`${well ? '✓' : '✗'} ${sentence.fr}\n  ${sentence.en}`);
  return findings.every(({ well }) => well);
}

/** The database answers or not; what it knows of the keys is looked at with it. */
async function examineDatabase(): Promise<Finding[]> {
  try {
    return await withDatabase(async (database, config) => [
      ...(await examineServer(database)),
      ...(await examineMigrations(database)),
      ...(await examineKeyCare(database, config)),
    ]);
  } catch (error) {
    return [wrongly(error)];
  }
}

async function examineServer({ pool }: OpenDatabase): Promise<Finding[]> {
  const before = Date.now();
  const { rows } = await pool.query<{ version: string; now: Date }>(`select current_setting('server_version') as version, clock_timestamp() as now`);
  const middle = (before + Date.now()) / 2;
  const [row] = rows;
  if (!row) throw new Error('The database answered nothing');
  const seconds = Math.round(Math.abs(row.now.getTime() - middle) / 1000);
  return [
    finding(true, 'doctor.database', { version: row.version }),
    finding(seconds * 1000 <= largestDifferenceMs, seconds * 1000 <= largestDifferenceMs ? 'doctor.clock' : 'doctor.clock-differs', { count: seconds }),
  ];
}

async function examineMigrations({ url }: OpenDatabase): Promise<Finding[]> {
  const missing = await listMissingMigrations(url);
  return [missing.length === 0 ? finding(true, 'doctor.migrations') : finding(false, 'not-initialised', { count: missing.length })];
}

/** A database that is not migrated yet knows nothing of keys. */
async function examineKeyCare({ db, url }: OpenDatabase, config: Config): Promise<Finding[]> {
  if ((await listMissingMigrations(url)).length > 0) return [];
  const care = await findKeyCare(db);
  const keyring = await readKeyring(config.keyringDir).catch(() => undefined); // Told by the look at the keyring itself.
  const findings: Finding[] = [];
  if (care?.fingerprint && keyring && fingerprintsOf(keyring).keyring !== care.fingerprint) findings.push(finding(false, 'doctor.keyring-foreign'));
  if (care?.heldSince) findings.push(finding(false, 'keys.held', { since: care.heldSince.toISOString(), reason: care.heldReason ?? '' }));
  if (!care || care.demonstration) return findings;
  const ageMs = care.copiedAt ? Date.now() - care.copiedAt.getTime() : Number.POSITIVE_INFINITY;
  if (!care.copiedAt) findings.push(finding(false, 'doctor.copy-none'));
  else
    findings.push(finding(ageMs < copyNoOlderThanMs, ageMs < copyNoOlderThanMs ? 'doctor.copy' : 'doctor.copy-old', { count: Math.floor(ageMs / 3_600_000) }));
  return findings;
}

/** Opened only if it is there: looking must not make one. */
async function examineKeyring(config: Config): Promise<Finding[]> {
  const folder = config.keyringDir;
  try {
    if (!(await readKeyring(folder))) return [finding(false, 'keyring.none', { folder })];
    const days = await (await openKeyring(folder)).listDays();
    return [finding(true, 'doctor.keyring', { folder, count: days.length })];
  } catch (error) {
    return [wrongly(error)];
  }
}

async function examineStorage({ storageDir }: Config): Promise<Finding> {
  try {
    await mkdir(storageDir, { recursive: true, mode: 0o700 });
    await access(storageDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(storageDir);
    const free = bavail * bsize;
    const room = { folder: storageDir, french: formatBytes(free, 'fr-CA'), english: formatBytes(free, 'en') };
    return finding(free >= roomNeeded, free >= roomNeeded ? 'doctor.storage' : 'doctor.storage-full', room);
  } catch (error) {
    return finding(false, 'doctor.storage-closed', { folder: storageDir, reason: error instanceof Error ? error.message : '' });
  }
}

/** What the start would say. */
function wrongly(error: unknown): Finding {
  if (!(error instanceof StartRefused)) throw error;
  return { well: false, sentence: error.sentences };
}
