import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startRefused } from '../../start-refused.ts';
import type { Account } from './account.ts';
import { directoryArgument } from './cluster.ts';
import type { Folders } from './folders.ts';
import { readPid } from './leftover-server.ts';
import type { Programs } from './programs.ts';

/** Where clients connect: a socket in the cluster's own 0700 folder, or 127.0.0.1 where a socket's path would be too long. */
export type Door = { host: string; port: number };

export type ServerOptions = { folders: Folders; programs: Programs; account: Account | undefined; door: Door; durable: boolean };

export type Server = {
  ended: Promise<void>;
  /** PostgreSQL's fast stop; the immediate one past `fastStopMs`. */
  stop(): Promise<void>;
};

const fastStopMs = 30_000;
// Crash recovery after a long day takes minutes; past this something else is wrong.
const readyWithinMs = 10 * 60_000;
const logLimitBytes = 10 * 1024 * 1024;

export async function chooseDoor(folders: Folders): Promise<Door> {
  const socketLimit = 100; // sun_path holds 104 to 108 bytes, its zero included.
  const fits = Buffer.byteLength(join(folders.cluster, '.s.PGSQL.5432')) <= socketLimit;
  if (fits && process.platform !== 'win32') return { host: folders.cluster, port: 5432 };
  return { host: '127.0.0.1', port: await freePort() };
}

/** Starts PostgreSQL and waits until it takes connections. Its end, whenever it comes, settles `ended`. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { folders } = options;
  const before = rotateLog(folders.log);
  const log = openSync(folders.log, 'a', 0o600);
  const child = spawnTied(options, log);
  closeSync(log);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const giveUpAt = performance.now() + readyWithinMs;
  while (!isReady(folders)) {
    if (over || performance.now() > giveUpAt) throw startRefused('server.does-not-start', { file: folders.log, tail: tailOf(folders.log, before) });
    await pause(10);
  }
  return { ended, stop: () => stopServer({ folders, child, ended, isOver: () => over }) };
}

/** Ties the server to us: it must end with this process, even one that is killed. In a session of its own, so that Ctrl-C is for us alone. */
function spawnTied(options: ServerOptions, log: number): ChildProcess {
  const command = [options.programs.postgres, ...serverArguments(options)];
  const common = { cwd: options.folders.cluster, detached: true, ...options.account, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', PGDATA: undefined } };
  if (process.platform === 'win32') return spawn(command[0] ?? '', command.slice(1), { ...common, detached: false, stdio: ['ignore', log, log] });
  if (hasDeathSignal()) return spawn('setpriv', ['--pdeathsig', 'INT', '--', ...command], { ...common, stdio: ['ignore', log, log] });
  // `read` sees the end of our pipe when we end, and PostgreSQL is then told to stop.
  const watch = 'exec 3<&0; "$@" </dev/null 3<&- & server=$!; (read -r _ <&3; kill -INT $server) & wait $server';
  return spawn('/bin/sh', ['-c', watch, 'sh', ...command], { ...common, stdio: ['pipe', log, log] });
}

function hasDeathSignal(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { stdio: 'ignore' }).status === 0;
}

function serverArguments({ folders, door, durable }: ServerOptions): string[] {
  const onSocket = door.host === folders.cluster;
  const settings = {
    cluster_name: folders.clusterName,
    listen_addresses: onSocket ? '' : door.host,
    // "." is the cluster's folder, where the server starts: no limit on the length of a path, and 0700.
    unix_socket_directories: onSocket ? '.' : '',
    port: door.port,
    ...ordinarySettings,
    ...(durable ? {} : passingSettings),
  };
  return ['-D', directoryArgument(folders.cluster), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** For a machine of two cores and 2 GB that also runs Pli; production tunes a PostgreSQL of its own. */
const ordinarySettings = {
  max_connections: 60,
  // What is read again is found by the kernel as well, which gives that memory back when somebody needs it.
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1, // SSD
  jit: 'off', // Our queries are short: compiling them costs more than running them.
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Neither values nor texts of queries in the log: they may hold addresses.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
} as const;

/** For a cluster that lives as long as a run of tests. */
const passingSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum: 'off',
} as const;

/** The eighth line of postmaster.pid is PostgreSQL's own word on its state. */
function isReady({ cluster }: Folders): boolean {
  const file = join(cluster, 'postmaster.pid');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
}

async function stopServer(options: { folders: Folders; child: ChildProcess; ended: Promise<void>; isOver: () => boolean }): Promise<void> {
  if (options.isOver()) return;
  const pid = readPid(join(options.folders.cluster, 'postmaster.pid')) ?? options.child.pid;
  const tell = (name: NodeJS.Signals) => pid !== undefined && !options.isOver() && process.kill(pid, name);
  tell('SIGINT');
  await Promise.race([options.ended, pause(fastStopMs, undefined, { ref: false })]);
  tell('SIGQUIT');
  await options.ended;
}

/** Answers where the log of this start begins. */
function rotateLog(file: string): number {
  if (!existsSync(file)) return 0;
  const { size } = statSync(file);
  if (size < logLimitBytes) return size;
  rmSync(`${file}.1`, { force: true });
  renameSync(file, `${file}.1`);
  return 0;
}

function tailOf(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-12).join('\n');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
