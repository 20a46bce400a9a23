import { readdirSync, readFileSync } from 'node:fs';

/** What /proc says of one process: proc(5). `ticks` is the processor it has used, with that of its children that have ended. */
export type ProcessState = { pid: number; parent: number; command: string; ticks: number };

/** Clock ticks a second: what the kernel tells user programs is always counted in hundredths (time(7)). */
export const ticksPerSecond = 100;

/** A line of /proc/<pid>/stat. The name stands in parentheses and may hold anything. */
export function parseStat(line: string): ProcessState {
  const [open, close] = [line.indexOf('('), line.lastIndexOf(')')];
  const fields = line.slice(close + 2).split(' ');
  // From the third field of proc(5) on: 4 ppid, 14 utime, 15 stime, 16 cutime, 17 cstime.
  const number = (field: number) => Number(fields[field - 3]);
  const ticks = number(14) + number(15) + number(16) + number(17);
  return { pid: Number(line.slice(0, open)), parent: number(4), command: line.slice(open + 1, close), ticks };
}

/** A field of /proc/<pid>/status or smaps_rollup, in MB; 0 when it is not there. */
export function parseMegabytes(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'mu').exec(text)?.[1] ?? 0) / 1024;
}

/** A process and everything that descends from it. */
export function treeOf(root: number, all: readonly ProcessState[]): ProcessState[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const found = all.filter(({ pid }) => pid === root);
  for (const one of found) found.push(...(children.get(one.pid) ?? []));
  return found;
}

/** PostgreSQL's processes are named after it; all else under Pli's launcher is Pli. */
export function isPostgres({ command }: ProcessState): boolean {
  return command === 'postgres';
}

export function listProcesses(): ProcessState[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      const line = readIfThere(`/proc/${pid}/stat`);
      return line === '' ? [] : [parseStat(line)];
    });
}

/** Of something that processes take: Pli's together, and PostgreSQL's. */
export type Shares = { pli: number; postgres: number };

function sharesOf(root: number, taken: (one: ProcessState) => number): Shares {
  const shares: Shares = { pli: 0, postgres: 0 };
  for (const one of treeOf(root, listProcesses())) shares[isPostgres(one) ? 'postgres' : 'pli'] += taken(one);
  return shares;
}

/** Processor used so far under `root`, in milliseconds. */
export function readProcessor(root: number): Shares {
  return sharesOf(root, ({ ticks }) => (ticks * 1000) / ticksPerSecond);
}

/** In MB: what Pli's processes hold (RSS), which is cheap to read, … */
export function readRss(root: number): number {
  return treeOf(root, listProcesses())
    .filter((one) => !isPostgres(one))
    .reduce((sum, { pid }) => sum + parseMegabytes(readIfThere(`/proc/${pid}/status`), 'VmRSS'), 0);
}

/** … and the share of memory (PSS) of all of them, PostgreSQL's too, in which what several share counts once. */
export function readPss(root: number): Shares {
  return sharesOf(root, ({ pid }) => parseMegabytes(readIfThere(`/proc/${pid}/smaps_rollup`), 'Pss'));
}

/** Time of all processors since the machine started, in ticks; `stolen` is what it wanted and other machines on the same one had. */
export type Clock = { all: number; stolen: number };

/** The first line of /proc/stat: proc(5). */
export function parseClock(line: string): Clock {
  // user nice system idle iowait irq softirq steal; what follows is part of these.
  const ticks = line.trim().split(/ +/u).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, some) => sum + some, 0), stolen: ticks[7] ?? 0 };
}

export function readClock(): Clock {
  return parseClock(readIfThere('/proc/stat').split('\n')[0] ?? '');
}

/** Empty when the process has ended since it was listed, or is another's. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
