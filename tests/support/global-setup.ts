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
    /** The same, as its superuser. */
    administratorUrl: string;
    /** What the last lines of `npm test` name: `PostgreSQL 18.4, embedded`. */
    database: string;
  }
}

const templateDatabase = 'pli_template';

const prefix = 'pli-tests-';

let end: (() => Promise<void>) | undefined;

/** One PostgreSQL (ours, or that of the programs in `TEST_PG_BIN`) for all the tests of a run, in a folder of its own, with all migrations applied once to a template. */
export async function setup(project: TestProject): Promise<void> {
  const folder = fastFolder();
  removeAbandoned(folder);
  const dataDir = mkdtempSync(join(folder, `${prefix}${process.pid}-`));
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, pgBin: process.env.TEST_PG_BIN, log: quietLog, durable: false });
  await provideTemplate(project, { url: postgres.url, administratorUrl: postgres.url }, 'embedded');
  end = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

export async function teardown(): Promise<void> {
  await end?.();
}

type Server = { url: string; administratorUrl: string };

/** Migrates a template on that server, whose URLs lead to a database `pli`, and says to the tests of the project where it is. */
export async function provideTemplate(project: TestProject, { url, administratorUrl }: Server, sort: string): Promise<void> {
  const templateUrl = inTemplate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${templateDatabase}`);
  const { rows } = await client.query<{ version: string }>(`select split_part(current_setting('server_version'), ' ', 1) as version`);
  await client.end();
  await migrate(templateUrl);
  project.provide('templateUrl', templateUrl);
  project.provide('administratorUrl', inTemplate(administratorUrl));
  project.provide('database', `PostgreSQL ${rows[0]?.version}, ${sort}`);
}

function inTemplate(url: string): string {
  return url.replace('/pli?', `/${templateDatabase}?`).replace(/\/pli$/, `/${templateDatabase}`);
}

/** In memory where there is room: a database is then cloned in 25 ms rather than in 120. */
export function fastFolder(): string {
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
