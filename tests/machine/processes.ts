import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersIn } from '../../src/platform/database/embedded/folders.ts';
import { processesMarked } from '../../src/platform/database/embedded/leftover-server.ts';

/** The program that the launcher started. */
export function programOf(launcher: number): number {
  const [program] = childrenOf(launcher);
  if (program === undefined) throw new Error('the launcher has no child');
  return program;
}

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === parent)
    .map(Number);
}

/** Everything that a process started, and all that these started. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Ends them all at the same moment, as far as a signal can: none of them sees another die and does something about it. */
export function killAtOnce(pids: readonly number[]): void {
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended meanwhile.
      }
    }
  }
}

export function parentOf(pid: number): number | undefined {
  try {
    // The name of the program is in parentheses and may hold anything: the fields are counted from the last one.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** PostgreSQL's processes on this data folder. */
export function serverProcesses(dataDir: string): number[] {
  return processesMarked(foldersIn(dataDir).clusterName);
}

export function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(join(foldersIn(dataDir).cluster, 'postmaster.pid'), 'utf8'), 10);
}
