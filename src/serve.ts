import { openPli } from '#app';
import type { Config } from '#platform/config/config.ts';
import { openDatabase } from '#platform/database/database.ts';
import { listen } from '#platform/http/listen.ts';
import type { Log } from '#platform/log/log.ts';
import type { Siblings } from '#platform/workers/siblings.ts';
import { unreadableAddress } from '#web/layout/error-pages.tsx';
import type { Opened } from './opened.ts';

type Serving = { config: Config; databaseUrl: string; siblings: Siblings; log: Log; opened: Opened };

/** Answers requests, on a database that is ready; what it opens is noted in `opened`, in order. */
export async function serve({ config, databaseUrl, siblings, log, opened }: Serving): Promise<{ port: number; greeting: string[] }> {
  const database = await openDatabase(databaseUrl, log);
  opened.note('database connections', database.close);
  const pli = await openPli({ config, database, siblings, log });
  opened.note('application', pli.stop);
  const server = await listen({ host: config.host, port: config.port, fetch: pli.fetch, log, unreadable: unreadableAddress });
  opened.note('HTTP server', server.close);
  opened.note('streams of open screens', async () => pli.endStreams());
  return { port: server.port, greeting: pli.greeting() };
}
