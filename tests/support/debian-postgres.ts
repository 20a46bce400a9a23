import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { postgresql15 as programs } from './postgresql-15.ts';
import { freePort } from './started-pli.ts';

export type DebianPostgres = {
  port: number;
  folder: string;
  /** As the role `pli`, which owns its database and is no superuser; `as` another role. */
  url(database?: string, as?: { user: string; password: string }): string;
  /** As its administrator. */
  administer<Row extends pg.QueryResultRow>(statement: string, database?: string): Promise<Row[]>;
  start(): Promise<void>;
  stop(mode?: 'fast' | 'kill'): Promise<void>;
  /** Stops its processes where they are: to others, a machine that is gone without a word. */
  freeze(): void;
  thaw(): void;
  promote(): void;
  remove(): Promise<void>;
  password: string;
};

type Settings = Record<string, string | number>;

/** A cluster of its own on a free port of 127.0.0.1, with an empty database `pli`; its default order of words is that of French, by ICU. */
export async function makePostgres(
  options: { settings?: Settings; under?: string; createDatabases?: boolean; encoding?: string } = {},
): Promise<DebianPostgres> {
  const server = await place(options);
  const passwordFile = join(server.folder, 'password');
  writeFileSync(passwordFile, server.password);
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const words =
    options.encoding === undefined ? ['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=fr-CA'] : ['-E', options.encoding, '--locale=C'];
  run('initdb', ['-D', server.data, '-U', 'postgres', ...words, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync']);
  writeFileSync(join(server.data, 'pg_hba.conf'), 'host all,replication all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n');
  const postgres = control(server, options.settings ?? {});
  await postgres.start();
  await postgres.administer(`create role pli login password '${server.password}' ${options.createDatabases ? 'createdb' : ''}`);
  await postgres.administer('create database pli owner pli');
  return postgres;
}

/** A standby that follows `primary`, which sends it everything under the name `name`. */
export async function makeStandby(primary: DebianPostgres, name: string): Promise<DebianPostgres> {
  const server = await place({}, primary.password);
  const connection = `host=127.0.0.1 port=${primary.port} user=postgres password=${primary.password} application_name=${name}`;
  run('pg_basebackup', ['-D', server.data, '-d', connection, '--wal-method=stream', '--checkpoint=fast', '--no-sync', '--write-recovery-conf']);
  const standby = control(server, { primary_conninfo: connection });
  await standby.start();
  return standby;
}

type Place = { port: number; folder: string; data: string; password: string };

/** PostgreSQL refuses root: then it runs as the account Debian made for it. */
const account = process.getuid?.() === 0 ? accountNamed('postgres') : undefined;

function accountNamed(name: string): { uid: number; gid: number } | undefined {
  const [uid = Number.NaN, gid = Number.NaN] = ['-u', '-g'].map((option) => Number.parseInt(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout, 10));
  return Number.isNaN(uid) ? undefined : { uid, gid };
}

async function place({ under = tmpdir() }: { under?: string }, password = randomBytes(12).toString('hex')): Promise<Place> {
  const folder = mkdtempSync(join(under, `pli-tests-${process.pid}-`));
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (account) chownSync(data, account.uid, account.gid);
  return { port: await freeHighPort(), folder, data, password };
}

/** Above 9000, where no server of Debian's has its usual port. */
async function freeHighPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port > 9_000) return port;
  }
}

function run(program: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(join(programs, program), args, {
    ...account,
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

/** What it writes is lost on a power cut, and on nothing else. */
const passing: Settings = { fsync: 'off', full_page_writes: 'off', max_connections: 100, max_wal_senders: 4, wal_level: 'replica', log_min_messages: 'fatal' };

function control(server: Place, settings: Settings): DebianPostgres {
  let child: ChildProcess | undefined;
  const { port, folder, data, password } = server;
  const url = (database = 'pli', as = { user: 'pli', password }) => `postgres://${as.user}:${as.password}@127.0.0.1:${port}/${database}`;
  const all = { ...passing, ...settings, port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const tell = (signal: NodeJS.Signals) => child && signalAll(child, signal);
  const postgres: DebianPostgres = {
    port,
    folder,
    password,
    url,
    async administer(statement, database = 'postgres') {
      const client = new pg.Client({ connectionString: url(database, { user: 'postgres', password }) });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
    async start() {
      const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const log = openSync(join(folder, 'log'), 'a');
      // Ends with us, however we end; a session of its own, so that Ctrl-C is not for it.
      child = spawn('setpriv', ['--pdeathsig', 'QUIT', '--', join(programs, 'postgres'), '-D', data, ...options], {
        ...account,
        cwd: '/',
        detached: true,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      while (readFileOrNothing(join(data, 'postmaster.pid')).split('\n')[7]?.trim() !== 'ready') {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start: ${readFileOrNothing(join(folder, 'log'))}`);
        await pause(20);
      }
    },
    async stop(mode = 'fast') {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (mode === 'fast') child.kill('SIGINT');
      else tell('SIGKILL');
      await ended;
      rmSync(join(data, 'postmaster.pid'), { force: true });
    },
    freeze: () => tell('SIGSTOP'),
    thaw: () => tell('SIGCONT'),
    promote: () => run('pg_ctl', ['-D', data, 'promote', '-w']),
    async remove() {
      tell('SIGCONT');
      await postgres.stop('kill');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return postgres;
}

/** To all its processes at once: each has a session of its own. */
function signalAll(postmaster: ChildProcess, signal: NodeJS.Signals): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(postmaster.pid)], { encoding: 'utf8' });
  for (const pid of [postmaster.pid ?? 0, ...stdout.split('\n').map(Number)].filter((one) => one > 0)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

function readFileOrNothing(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
