import { openPli } from '#app';
import { machineSentence } from '#messages/machine.ts';
import type { Config } from '#platform/config/config.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { migrate } from '#platform/database/migrate.ts';
import { fullDisk, isDiskFull } from '#platform/files/disk-room.ts';
import { listen } from '#platform/http/listen.ts';
import { openLog } from '#platform/log/open-log.ts';
import { StartRefused } from '#platform/start-refused.ts';
import { unreadableAddress } from '#web/layout/error-pages.tsx';

const log = openLog();
/** What was opened, in order: it is closed in the reverse order. */
const opened: { name: string; close: () => Promise<void> }[] = [];
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

process.exit(await run());

async function run(): Promise<number> {
  try {
    // A stop asked for during the start does not wait for its end: what is unfinished then is what a sudden end would leave.
    await Promise.race([start(), stopRequested]);
    await stopRequested;
    say(machineSentence('stopping'));
    return 0;
  } catch (error) {
    if (error instanceof StartRefused) process.stderr.write(`\n${error.message}\n`);
    else log.error({ error }, 'Pli could not start');
    return 1;
  } finally {
    await stop();
  }
}

async function start(): Promise<void> {
  const { config } = readConfig();
  await startWith(config).catch((error: unknown) => {
    // Migrations, the demonstration's world and the keys are written after PostgreSQL has started.
    throw isDiskFull(error) && !(error instanceof StartRefused) ? fullDisk(config.dataDir, roomForFirstWrites, error) : error;
  });
}

async function startWith(config: Config): Promise<void> {
  const database = await openMigratedDatabase(config);
  const pli = await openPli({ config, database, log });
  opened.push({ name: 'application', close: pli.stop });
  const server = await listen({ host: config.host, port: config.port, fetch: pli.fetch, log, unreadable: unreadableAddress });
  opened.push({ name: 'HTTP server', close: server.close });
  opened.push({ name: 'streams of open screens', close: async () => pli.endStreams() });
  say(machineSentence('listening', { address: config.url ?? `http://${inUrl(config.host)}:${server.port}` }));
  process.stdout.write(`${pli.greeting().join('\n')}\n`);
  process.send?.('listening'); // `npm run dev` says how long it took.
}

async function openMigratedDatabase(config: Config): Promise<OpenDatabase> {
  const url = config.databaseUrl ?? (await openEmbedded(config));
  const database = await openDatabase(url, log);
  opened.push({ name: 'database connections', close: database.close });
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  return database;
}

async function openEmbedded(config: Config): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, pgBin: config.pgBin, log });
  opened.push({ name: 'PostgreSQL', close: postgres.stop });
  return postgres.url;
}

/** Requests finish, then jobs, connections and PostgreSQL; a step that fails does not keep the next from running. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  for (const { name, close } of opened.toReversed()) {
    await close().catch((error: unknown) => log.error({ error }, `${name} did not close in order`));
  }
}

function say({ fr, en }: { fr: string; en: string }): void {
  process.stdout.write(`${fr} — ${en}\n`);
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
