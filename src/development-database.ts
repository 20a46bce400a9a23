// What `npm run dev` keeps between two restarts: the embedded PostgreSQL. Pli is then a client of it, and starts in the time of its own code.
import { readConfig } from '#platform/config/read-config.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { openLog } from '#platform/log/open-log.ts';
import { StartRefused } from '#platform/start-refused.ts';

const log = openLog();

// Ctrl-C reaches every program of the terminal: PostgreSQL outlives Pli, and ends when the launcher says so or is gone.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
const stopRequested = new Promise<void>((resolve) => {
  process.on('SIGTERM', () => resolve());
  process.on('disconnect', resolve);
});

process.exit(await run());

async function run(): Promise<number> {
  try {
    const { config } = readConfig();
    if (config.databaseUrl) {
      process.send?.({ settings: {} });
      return 0;
    }
    const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, pgBin: config.pgBin, log });
    // With a database named, Pli would not be the demonstration by default, nor keep its keys where the demonstration does.
    process.send?.({ settings: { DATABASE_URL: postgres.url, PLI_DEMO: config.demo ? 'on' : 'off', PLI_KEYRING: config.keyringDir } });
    await stopRequested;
    await postgres.stop();
    return 0;
  } catch (error) {
    if (error instanceof StartRefused) process.stderr.write(`\n${error.message}\n`);
    else log.error({ error }, 'PostgreSQL could not start');
    return 1;
  }
}
