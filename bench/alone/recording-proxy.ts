import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts } from 'node:net';
import { type Statement, statementReader } from './frontend-messages.ts';

export type RecordingProxy = {
  /** Where a Pli finds the same database through this proxy. */
  url: string;
  /** The statements sent while `work` ran, in their order. */
  during(work: () => Promise<unknown>): Promise<Statement[]>;
  close(): void;
};

/** Stands between a Pli and its database and writes down what is asked: what a page asks is then known from the program itself. */
export async function openRecordingProxy(databaseUrl: string): Promise<RecordingProxy> {
  const place = placeOf(new URL(databaseUrl));
  let recorded: Statement[] | undefined;
  const server = createServer((client) => {
    const database = connect(place);
    const reader = statementReader((statement) => recorded?.push(statement));
    client.on('data', (chunk: Buffer) => reader.take(chunk));
    client.pipe(database).pipe(client);
    for (const [one, other] of [[client, database] as const, [database, client] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  const address = server.address();
  url.search = '';
  url.hostname = '127.0.0.1';
  url.port = typeof address === 'object' && address ? String(address.port) : '';
  return {
    url: url.href,
    async during(work) {
      const statements: Statement[] = [];
      recorded = statements;
      await work();
      recorded = undefined;
      return statements;
    },
    close: () => server.close(),
  };
}

function placeOf(url: URL): NetConnectOpts {
  const folder = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  return folder ? { path: `${folder}/.s.PGSQL.${port}` } : { host: url.hostname, port };
}
