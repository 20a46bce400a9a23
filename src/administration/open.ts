import { randomBytes } from 'node:crypto';
import type { Ctx } from '#context';
import { prepareInstallation } from '#domain/demonstration/api.ts';
import { recogniseKeyring } from '#domain/retention/api.ts';
import { openClock } from '#platform/clock/clock.ts';
import type { Config } from '#platform/config/config.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { startOrJoinEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { listMissingMigrations, migrate } from '#platform/database/migrate.ts';
import { openHasher } from '#platform/hashing/open-hasher.ts';
import { monotonicIds } from '#platform/ids/monotonic-ids.ts';
import { openKeyring } from '#platform/keys/open-keyring.ts';
import { openLog } from '#platform/log/open-log.ts';
import { openMemory } from '#platform/memory/open-memory.ts';
import { insertChange } from '#platform/realtime/changes.ts';
import { openFileStorage } from '#platform/storage/open-file-storage.ts';
import { defaultLocale } from '#shared/locales.ts';
import { refusal } from './terminal.ts';

export const log = openLog({ level: 'warn' });

/** The database of the Pli that runs, or the one it would start; closed, and stopped if it was started for us, once `work` is done. */
export async function withDatabase<T>(work: (database: OpenDatabase, config: Config) => Promise<T>): Promise<T> {
  const { config } = readConfig();
  const embedded = config.databaseUrl ? undefined : await startOrJoinEmbeddedPostgres({ dataDir: config.dataDir, pgBin: config.pgBin, log });
  try {
    const database = await openDatabase(config.databaseUrl ?? embedded?.url ?? '', log);
    try {
      return await work(database, config);
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.stop();
  }
}

/** The same, refusing a database that this version of Pli would first have to migrate. */
export function withReadyDatabase<T>(work: (database: OpenDatabase, config: Config) => Promise<T>): Promise<T> {
  return withDatabase(async (database, config) => {
    const missing = await listMissingMigrations(database.url);
    if (missing.length > 0) throw refusal('not-initialised', { count: missing.length });
    return work(database, config);
  });
}

/** The context in which verbs run for nobody but the administrator of the machine. */
export function withContext<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return withReadyDatabase(async (database, config) => work(await contextOf(database, config)));
}

/** The same on a database that may be empty still: it is made ready first. */
export function withFirstContext<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return withDatabase(async (database, config) => {
    if (config.demo) throw refusal('demonstration');
    await migrate(database.url);
    await prepareInstallation(database.db, { demonstration: false, now: new Date() });
    return work(await contextOf(database, config));
  });
}

async function contextOf(database: OpenDatabase, config: Config): Promise<Ctx> {
  const clock = await openClock(database.db);
  const keys = await openKeyring(config.keyringDir);
  await recogniseKeyring(database.db, keys.fingerprint);
  return {
    actor: undefined,
    locale: defaultLocale,
    db: database.db,
    // Rows are enough: the Pli that runs looks for them every few seconds.
    live: { record: insertChange, flush: () => undefined },
    keys,
    storage: openFileStorage(config.storageDir),
    hasher: openHasher({ pepper: keys.pepper }),
    memory: openMemory(),
    // Jobs are nudges: what a command asks for is a row, found by the next sweep of the Pli that runs.
    jobs: { enqueue: () => Promise.resolve(), nudge: () => undefined },
    log,
    now: clock.now,
    sessionNow: clock.sessionNow,
    newId: monotonicIds(),
    randomBytes,
  };
}
