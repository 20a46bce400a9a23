import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#platform/log/log.ts';
import { fullDisk, isDiskFull, refuseFullDisk } from '../../files/disk-room.ts';
import { StartRefused, startRefused } from '../../start-refused.ts';
import { type Account, canEnter, chooseAccount } from './account.ts';
import { databaseRole, prepareCluster } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { type Folders, foldersIn } from './folders.ts';
import { processesMarked, settleLeftoverServer } from './leftover-server.ts';
import { preparePrograms } from './programs.ts';
import { chooseDoor, type Door, type Server, type ServerOptions, startServer } from './server.ts';

export type EmbeddedPostgres = { url: string; stop(): Promise<void> };

const databaseName = 'pli';
/** Where root puts the programs (no data) when the account of the server cannot enter the data folder. */
const programsForAll = '/var/lib/pli';
/** How long a dying server may keep its lock file or its shared memory. */
const busyPatienceMs = 10_000;
const restartPauseMs = 200;
/** Bytes a start needs: the programs, a new cluster and its journal the first time; then what recovery may write before it gives any back. */
const roomNeeded = { first: 300 * 1024 ** 2, later: 64 * 1024 ** 2 } as const;

/**
 * The PostgreSQL that comes with Pli, on `<dataDir>/postgres`, tied to this process and started again if it dies.
 * Throws `StartRefused` with a sentence for every reason a person can mend. `durable: false` is for tests: faster, and lost on a power cut.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; pgBin?: string | undefined; log: Log; durable?: boolean }): Promise<EmbeddedPostgres> {
  const folders = foldersIn(makeDataFolder(options.dataDir));
  const needed = existsSync(folders.cluster) ? roomNeeded.later : roomNeeded.first;
  refuseFullDisk(folders.base, needed);
  try {
    return await startIn(folders, options);
  } catch (error) {
    throw isDiskFull(error) ? fullDisk(folders.base, needed, error) : error;
  }
}

type StartOptions = Parameters<typeof startEmbeddedPostgres>[0];

async function startIn(folders: Folders, options: StartOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const lock = await lockFolder(folders.lock, folders.base);
  try {
    const account = chooseAccount({ cluster: folders.cluster, log });
    const programs = preparePrograms({ pgBin: options.pgBin, under: folderForPrograms(folders, account) });
    await settleLeftoverServer(folders, log);
    const durable = options.durable ?? true;
    const password = prepareCluster({ folders, programs, account, durable });
    const door = await chooseDoor(folders);
    const supervised = await supervise({ folders, programs, account, door, durable }, log);
    await ensureDatabase(door, password);
    const url = urlOf(door, password, databaseName);
    writeFileSync(folders.url, url, { mode: 0o600 });
    const stop = () => supervised.stop().finally(() => lock.release());
    return { url, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** For commands given beside a Pli that may be running: its server if there is one, else one of our own until `stop`. */
export async function startOrJoinEmbeddedPostgres(options: { dataDir: string; pgBin?: string | undefined; log: Log }): Promise<EmbeddedPostgres> {
  const { url, clusterName } = foldersIn(existsSync(options.dataDir) ? realpathSync(options.dataDir) : options.dataDir);
  if (processesMarked(clusterName).length === 0 || !existsSync(url)) return startEmbeddedPostgres(options);
  return { url: readFileSync(url, 'utf8'), stop: () => Promise.resolve() };
}

/** The data folder itself lets others pass without listing it: what is secret inside is 0700 on its own. */
function makeDataFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    mkdirSync(foldersIn(dataDir).base, { recursive: true, mode: 0o711 });
    accessSync(foldersIn(dataDir).base, constants.W_OK);
  } catch (error) {
    if (isDiskFull(error)) throw fullDisk(dirname(dataDir), roomNeeded.first, error);
    throw startRefused('folder.not-writable', { folder: dataDir, reason: error instanceof Error ? error.message : '' }, error);
  }
  return realpathSync(dataDir);
}

function folderForPrograms(folders: Folders, account: Account | undefined): string {
  if (canEnter(account, folders.base)) return folders.base;
  mkdirSync(programsForAll, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(programsForAll);
  // Whoever could write there could run what they like under the account of the server.
  if (uid !== 0 || (mode & 0o022) !== 0) throw startRefused('folder.not-ours', { folder: programsForAll, owner: uid });
  return programsForAll;
}

/** Keeps the server running until `stop`. */
async function supervise(options: ServerOptions, log: Log): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let server = await startPatiently(options, log);
  const watch = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      log.error({}, 'PostgreSQL ended by itself and is being started again');
      server = await startAgain(options, log, () => stopping);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping = true;
      await server.stop();
      await watching;
    },
  };
}

async function startAgain(options: ServerOptions, log: Log, isStopping: () => boolean): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const server = await startPatiently(options, log);
      if (isStopping()) await server.stop();
      return server;
    } catch (error) {
      log.error({ attempt, error }, 'PostgreSQL did not start again');
      if (isStopping()) return { ended: Promise.resolve(), stop: () => Promise.resolve() };
      await pause(Math.min(restartPauseMs * 2 ** attempt, 10_000));
    }
  }
}

async function startPatiently(options: ServerOptions, log: Log): Promise<Server> {
  const giveUpAt = performance.now() + busyPatienceMs;
  for (;;) {
    await settleLeftoverServer(options.folders, log);
    try {
      return await startServer(options);
    } catch (error) {
      const passing = error instanceof StartRefused && /lock file|pre-existing shared memory|could not bind/.test(error.message);
      if (!passing || performance.now() > giveUpAt) throw error;
      await pause(250);
    }
  }
}

async function ensureDatabase(door: Door, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(door, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

function urlOf(door: Door, password: string, database: string): string {
  const place = door.host.startsWith('/')
    ? `localhost:${door.port}/${database}?host=${encodeURIComponent(door.host)}`
    : `${door.host}:${door.port}/${database}`;
  return `postgres://${databaseRole}:${password}@${place}`;
}
