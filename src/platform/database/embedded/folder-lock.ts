import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../../is-alive.ts';
import { startRefused } from '../../start-refused.ts';

export type FolderLock = { release(): void };

/** A Pli that is stopping lets the folder go within this time. */
const patienceMs = 3_000;

/**
 * Keeps a second Pli off the same folder, until `release` or the end of this process however sudden.
 * Throws `StartRefused` when another holds it.
 */
export async function lockFolder(file: string, folder: string): Promise<FolderLock> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const lock = tryLock(file);
    if (lock) return lock;
    if (performance.now() > giveUpAt) throw startRefused('folder.in-use', { folder, process: holderOf(file) ?? '?' });
    await pause(100);
  }
}

function tryLock(file: string): FolderLock | undefined {
  const descriptor = openSync(file, 'a+', 0o600);
  // flock(2) belongs to the open file, which we share with the program `flock`: it takes the lock, ends, and the lock stays ours
  // until we close the file or die. It also holds between containers that share the folder, where process numbers mean nothing.
  const { status } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
  if (status === 0) {
    ftruncateSync(descriptor);
    writeSync(descriptor, String(process.pid));
    return { release: () => closeSync(descriptor) };
  }
  closeSync(descriptor);
  return status === 1 ? undefined : tryPidFile(`${file}.pid`);
}

/** Without `flock` (macOS, Windows): a file created exclusively, void when the process it names is no more. */
function tryPidFile(file: string): FolderLock | undefined {
  const holder = holderOf(file);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) return undefined;
  if (holder !== undefined) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
  return { release: () => rmSync(file, { force: true }) };
}

function holderOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined; // No file, no holder.
  }
}
