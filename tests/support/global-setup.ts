import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/start-embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { quietLog } from './quiet-log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that every test clones. */
    templateUrl: string;
  }
}

const templateDatabase = 'pli_template';

const prefix = 'pli-tests-';

let end: (() => Promise<void>) | undefined;

/** One PostgreSQL (ours, or that of the programs in `TEST_PG_BIN`) for all the tests of a run, in a folder of its own, with all migrations applied once to a template. */
export async function setup(project: TestProject): Promise<void> {
  removeAbandoned(fastFolder());
  const dataDir = mkdtempSync(join(fastFolder(), `${prefix}${process.pid}-`));
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, pgBin: process.env.TEST_PG_BIN, log: quietLog, durable: false });
  const templateUrl = postgres.url.replace('/pli?', `/${templateDatabase}?`).replace(/\/pli$/, `/${templateDatabase}`);
  await createTemplate(postgres.url);
  await migrate(templateUrl);
  project.provide('templateUrl', templateUrl);
  end = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

export async function teardown(): Promise<void> {
  await end?.();
}

async function createTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${templateDatabase}`);
  await client.end();
}

/** In memory where there is room: a database is then cloned in 25 ms rather than in 120. */
function fastFolder(): string {
  const memory = '/dev/shm';
  const needed = 3 * 1024 ** 3; // Containers give 64 MB by default.
  if (!existsSync('/proc/mounts') || !existsSync(memory)) return tmpdir();
  const options = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === memory)
    ?.split(' ')[3];
  if (!options || options.split(',').includes('noexec')) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > needed ? memory : tmpdir();
}

/** What runs that were killed have left: the folder bears the number of its process. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid > 0 && !existsSync(`/proc/${pid}`) && existsSync('/proc/self')) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
