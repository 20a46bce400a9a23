import { createHash } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { openConnection, requestHead } from '../load/connection.ts';
import { playRound, type Round } from '../load/round.ts';
import { expectStatus } from '../load/sign-in.ts';
import { startOn } from '../machine/started.ts';
import type { Statement } from './frontend-messages.ts';
import { openRecordingProxy } from './recording-proxy.ts';

/** What each of several pages of one kind asks of the database, page by page. */
export type PageStatements = Statement[][];

type Recording = { dataDir: string; databaseUrl: string; pages: readonly { name: string; cookie: string; paths: readonly string[] }[] };

/** What pages ask, recorded from a second Pli on the same database. A page is asked for several times, and what others did meanwhile is left out. */
export async function recordPages({ dataDir, databaseUrl, pages }: Recording): Promise<Map<string, PageStatements>> {
  const proxy = await openRecordingProxy(databaseUrl);
  const keyring = join(dataDir, '..', 'pli-keys');
  const pli = await startOn(join(dataDir, '..', 'recorded'), { DATABASE_URL: proxy.url, PLI_KEYRING: keyring });
  // One connection, and so one process of that Pli, which remembers what it may between pages.
  const connection = openConnection(pli.target);
  const record = async (path: string, cookie: string) => {
    const ask = async () => void expectStatus(await connection.ask(requestHead({ path, target: pli.target, cookie })), 200);
    await ask();
    const tries: Statement[][] = [];
    for (let n = 0; n < 3; n++) tries.push(onlyReads(await proxy.during(ask)));
    return tries.sort((a, b) => a.length - b.length)[0] ?? [];
  };
  const recorded = new Map<string, PageStatements>();
  try {
    for (const { name, cookie, paths } of pages) {
      const statements: PageStatements = [];
      for (const path of paths) statements.push(await record(path, cookie));
      recorded.set(name, statements);
    }
    return recorded;
  } finally {
    connection.close();
    await pli.stop();
    proxy.close();
  }
}

/** A page that only shows writes nothing; what is written meanwhile (that the session was seen) is not its own. */
function onlyReads(statements: Statement[]): Statement[] {
  return statements.filter(({ text }) => /^\s*(?:select|with)\b/iu.test(text));
}

/** The pages' statements run by `pg` alone, one page after another on each connection, prepared as Pli prepares them. `rps` counts pages. */
export async function openAlone(databaseUrl: string, clients: number) {
  const open = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    }),
  );
  return {
    async round(pages: PageStatements, seconds: number): Promise<Round> {
      const play = async (client: number, n: number) => {
        for (const { text, values } of pages[n % pages.length] ?? []) await open[client]?.query({ name: nameOf(text), text, values });
      };
      return playRound(play, { clients, seconds });
    },
    close: async () => void (await Promise.all(open.map((client) => client.end()))),
  };
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  const name = names.get(text) ?? `alone_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}
