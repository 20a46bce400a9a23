import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { machineSentence } from '#messages/machine.ts';
import type { Log } from '#platform/log/log.ts';
import { startRefused } from '../../start-refused.ts';

/** The account PostgreSQL runs under when it is not ours: it refuses root. */
export type Account = { uid: number; gid: number };

const createdAccount = 'pli-postgres';

/** Undefined: PostgreSQL runs under our own account. */
export function chooseAccount(options: { cluster: string; log: Log }): Account | undefined {
  if (!process.getuid) return undefined; // Windows
  const owner = existsSync(options.cluster) ? statSync(options.cluster) : undefined;
  if (process.getuid() !== 0) {
    if (owner && owner.uid !== process.getuid()) throw startRefused('folder.not-ours', { folder: options.cluster, owner: owner.uid });
    refuseNamelessUser();
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return accountNamed('postgres') ?? accountNamed(createdAccount) ?? createAccount(options.log);
}

/** Whether `account` can enter the folder, whatever lies above it. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function refuseNamelessUser(): void {
  try {
    userInfo();
  } catch {
    throw startRefused('account.nameless', { uid: process.getuid?.() ?? '?' });
  }
}

function accountNamed(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function createAccount(log: Log): Account {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', createdAccount]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', createdAccount]], // busybox
  ];
  let reason = '';
  for (const [program, options] of attempts) {
    const result = spawnSync(program, options, { encoding: 'utf8' });
    reason ||= (result.error?.message ?? result.stderr).trim();
    const account = accountNamed(createdAccount);
    if (!account) continue;
    const sentence = machineSentence('account.created', { account: createdAccount });
    log.info({ account: createdAccount }, `${sentence.fr} / ${sentence.en}`);
    return account;
  }
  throw startRefused('account.impossible', { reason });
}
