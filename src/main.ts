import { machineSentence } from '#messages/machine.ts';
import type { Config } from '#platform/config/config.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { migrate } from '#platform/database/migrate.ts';
import { fullDisk, isDiskFull } from '#platform/files/disk-room.ts';
import { openLog } from '#platform/log/open-log.ts';
import { giveMemoryBack } from '#platform/memory/give-back.ts';
import { StartRefused } from '#platform/start-refused.ts';
import { beWorker, isWorker } from '#platform/workers/be-worker.ts';
import { noSiblings } from '#platform/workers/siblings.ts';
import { startWorkers, WorkerEnded } from '#platform/workers/start-workers.ts';
import { Opened } from './opened.ts';

const log = openLog();
const opened = new Opened();
/** Past this a stop that hangs is cut short: PostgreSQL then ends by its tie to this process. */
const stopWithinMs = 60_000;
const roomForFirstWrites = 64 * 1024 ** 2;

// Nothing that a request does may end the process, nor a terminal that is closed.
process.stdout.on('error', () => undefined);
process.on('uncaughtException', (error) => log.error({ error }, 'an exception was caught by nobody'));
process.on('unhandledRejection', (error) => log.error({ error }, 'a rejection was handled by nobody'));

const stopRequested = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  // The launcher that started us is gone, killed perhaps: nobody would stop us any more.
  process.on('disconnect', resolve);
});

process.exit(await (isWorker ? run(answer) : run(start, () => say(machineSentence('stopping')))));

/** `begin` answers a stop that is asked for in another way than by a signal. */
async function run(begin: (config: Config) => Promise<{ stopAsked?: Promise<void> }>, stopping?: () => void): Promise<number> {
  try {
    // A stop asked for during the start does not wait for its end: what is unfinished then is what a sudden end would leave.
    const begun = await Promise.race([beginWith(begin), stopRequested]);
    giveMemoryBack();
    await Promise.race([stopRequested, begun?.stopAsked ?? stopRequested]);
    stopping?.();
    return 0;
  } catch (error) {
    if (error instanceof StartRefused) process.stderr.write(`\n${error.message}\n`);
    else if (!(error instanceof WorkerEnded)) log.error({ error }, 'Pli could not start');
    return 1;
  } finally {
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await opened.close(log);
  }
}

async function beginWith<T>(begin: (config: Config) => Promise<T>): Promise<T> {
  const { config } = readConfig();
  return begin(config).catch((error: unknown) => {
    // Migrations, the demonstration's world and the keys are written after PostgreSQL has started.
    throw isDiskFull(error) && !(error instanceof StartRefused) ? fullDisk(config.dataDir, roomForFirstWrites, error) : error;
  });
}

/** The whole of Pli: the database, and the processes that answer on it; alone, this one answers. */
async function start(config: Config): Promise<object> {
  const databaseUrl = prepareDatabase(config);
  const { port, greeting } = config.workers > 1 ? await openWorkers(config, databaseUrl) : await serveAlone(config, await databaseUrl);
  say(machineSentence('listening', { address: config.url ?? `http://${inUrl(config.host)}:${port}` }));
  process.stdout.write(`${greeting.join('\n')}\n`);
  process.send?.('listening'); // `npm run dev` says how long it took.
  return {};
}

/** One of the processes that answer. */
async function answer(config: Config): Promise<{ stopAsked: Promise<void> }> {
  const [{ databaseUrl, siblings, stopAsked, listening }, { serve }] = await Promise.all([beWorker(), import('./serve.ts')]);
  const served = serve({ config, databaseUrl, siblings, log, opened });
  // Asked to stop while it starts, it does not wait for its own end.
  const begun = await Promise.race([served, stopAsked]);
  if (begun) listening(begun.port, begun.greeting);
  return { stopAsked };
}

async function openWorkers(config: Config, databaseUrl: Promise<string>) {
  const workers = await startWorkers({ count: config.workers, databaseUrl, log });
  opened.note('processes that answer', workers.stop);
  return workers;
}

async function serveAlone(config: Config, databaseUrl: string) {
  const { serve } = await import('./serve.ts');
  return serve({ config, databaseUrl, siblings: noSiblings, log, opened });
}

/** A database that answers, suits and is migrated. */
async function prepareDatabase(config: Config): Promise<string> {
  const url = config.databaseUrl ?? (await openEmbedded(config));
  const database = await openDatabase(url, log);
  await database.close();
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  return url;
}

async function openEmbedded(config: Config): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, pgBin: config.pgBin, log });
  opened.note('PostgreSQL', postgres.stop);
  return postgres.url;
}

function say({ fr, en }: { fr: string; en: string }): void {
  process.stdout.write(`${fr} — ${en}\n`);
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
