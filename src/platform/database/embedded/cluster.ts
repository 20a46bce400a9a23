import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRefused } from '../../start-refused.ts';
import type { Account } from './account.ts';
import type { Folders } from './folders.ts';
import type { Programs } from './programs.ts';

export const databaseRole = 'pli';

/** Makes the cluster if there is none, and answers the password of its only role. A cluster that exists is complete: it is made aside and renamed. */
export function prepareCluster(options: { folders: Folders; programs: Programs; account: Account | undefined; durable: boolean }): string {
  const { folders, programs } = options;
  if (existsSync(folders.cluster)) {
    checkVersion(folders, programs);
    return readFileSync(folders.password, 'utf8');
  }
  // Inside a 0700 folder only its owner and root could connect anyway; the password also covers 127.0.0.1.
  const password = randomBytes(24).toString('base64url');
  writeFileSync(folders.password, password, { mode: 0o600, flush: true });
  const unfinished = `${folders.cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  give(unfinished, options.account);
  try {
    runInitdb({ ...options, directory: unfinished, password });
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true }); // On a full disk its bytes are the ones that lack.
    throw error;
  }
  renameSync(unfinished, folders.cluster);
  return password;
}

function runInitdb(options: { programs: Programs; account: Account | undefined; durable: boolean; directory: string; password: string }): void {
  const aside = mkdtempSync(join(tmpdir(), 'pli-initdb-'));
  const passwordFile = join(aside, 'password');
  try {
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    give(passwordFile, options.account);
    give(aside, options.account);
    const result = spawnSync(options.programs.initdb, initdbOptions({ ...options, passwordFile }), {
      cwd: options.directory,
      ...options.account,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
    });
    if (result.status !== 0) throw startRefused('server.does-not-start', { file: 'initdb', tail: (result.error?.message ?? result.stderr).trim() });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function initdbOptions(options: { programs: Programs; directory: string; passwordFile: string; durable: boolean }): string[] {
  // The same order of characters on every machine, whatever its locales. Before 17 PostgreSQL had none of its own.
  const locale = options.programs.major >= 17 ? ['--locale-provider=builtin', '--locale=C.UTF-8'] : ['--locale=C.UTF-8'];
  return [
    ...['-D', directoryArgument(options.directory), '-U', databaseRole, '-E', 'UTF8', ...locale],
    ...['-A', 'scram-sha-256', `--pwfile=${options.passwordFile}`, '--no-instructions', '--data-checksums'],
    ...(options.durable ? [] : ['--no-sync']),
  ];
}

/**
 * How PostgreSQL is told its folder, given that it is started *inside* it. On Linux by the link to its own current folder, which needs no right
 * over the folders above: root's 0700 home, for instance, where the account of the server may not walk.
 */
export function directoryArgument(directory: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : directory;
}

function give(path: string, account: Account | undefined): void {
  if (!account) return;
  chownSync(path, account.uid, account.gid);
  chmodSync(path, path.endsWith('password') ? 0o600 : 0o700);
}

function checkVersion(folders: Folders, programs: Programs): void {
  const data = readFileSync(join(folders.cluster, 'PG_VERSION'), 'utf8').trim();
  if (Number(data) === programs.major) return;
  throw startRefused('programs.other-version', { folder: folders.cluster, data, programs: programs.major });
}
