import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#platform/log/log.ts';
import { startRefused } from '../../start-refused.ts';
import type { Folders } from './folders.ts';

const fastStopMs = 30_000;
const immediateStopMs = 10_000;

/**
 * Stops what a sudden end left running on this cluster and clears its marks. Call with the folder's lock held: whoever runs then is an orphan.
 * A process that is dead but not yet buried (state Z, in containers whose first process reaps nobody) has no command line: it counts as gone.
 */
export async function settleLeftoverServer(folders: Folders, log: Log): Promise<void> {
  const pidFile = join(folders.cluster, 'postmaster.pid');
  if (!existsSync(pidFile) && process.platform !== 'linux') return; // Asking `ps` costs more than reading /proc.
  const orphans = processesMarked(folders.clusterName);
  if (orphans.length > 0) {
    log.warn({ processes: orphans }, 'a PostgreSQL left running by a sudden end is being stopped');
    await stopAll(folders, readPid(pidFile));
  }
  if (isOtherPostgres(readPid(pidFile))) return; // Started by hand on our folder: PostgreSQL itself will refuse, and we say what it says.
  rmSync(pidFile, { force: true });
  for (const name of existsSync(folders.cluster) ? readdirSync(folders.cluster) : []) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(folders.cluster, name), { force: true });
  }
}

async function stopAll(folders: Folders, postmaster: number | undefined): Promise<void> {
  const marked = () => processesMarked(folders.clusterName);
  const first = marked();
  // SIGINT to the first process is PostgreSQL's fast stop; the others end with it, or by themselves once it is gone.
  signal(postmaster && first.includes(postmaster) ? postmaster : first[0], 'SIGINT');
  if (await untilNone(marked, fastStopMs)) return;
  for (const pid of marked()) signal(pid, 'SIGQUIT');
  if (await untilNone(marked, immediateStopMs)) return;
  throw startRefused('server.does-not-stop', { folder: folders.cluster, process: marked().join(', ') });
}

async function untilNone(list: () => number[], withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (list().length > 0) {
    if (performance.now() > giveUpAt) return false;
    await pause(50);
  }
  return true;
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function readPid(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
}

/** The living processes whose command line, or the title PostgreSQL gives its children, bears the mark. */
export function processesMarked(mark: string): number[] {
  return listCommands()
    .filter(({ pid, command }) => pid !== process.pid && /postgres/.test(command) && command.includes(mark))
    .map(({ pid }) => pid)
    .sort((a, b) => a - b);
}

function isOtherPostgres(pid: number | undefined): boolean {
  return pid !== undefined && listCommands().some((running) => running.pid === pid && /postgres/.test(running.command));
}

type Command = { pid: number; command: string };

function listCommands(): Command[] {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(commandOf);
  if (process.platform === 'win32') return [];
  const lines = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }));
}

/** /proc/<pid>/cmdline can be read by everybody, unlike the rest, which a container's root may be refused. */
function commandOf(pid: string): Command {
  try {
    return { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  } catch {
    return { pid: Number(pid), command: '' }; // It ended meanwhile.
  }
}
