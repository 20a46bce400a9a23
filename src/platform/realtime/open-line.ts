import type pg from 'pg';
import { DatabaseClient } from '../database/database-client.ts';
import type { Log } from '../log/log.ts';
import { coalesced } from './coalesced.ts';

const channel = 'pli_events';
/** Milliseconds before a lost connection is opened again: doubled at each failure. */
const retry = { first: 100, most: 5_000 } as const;
const gapMs = 10;

/** A connection of one's own that says «look again» to the other processes on the same database, and hears it from them. */
export type Line = {
  /** Soon, once for all that asked meanwhile. Never inside a domain transaction: a NOTIFY makes commits wait for each other. */
  ring(): void;
  isUp(): boolean;
  close(): Promise<void>;
};

type Settings = { url: string; log: Log; heard: () => void };

/** Opens the line, and again each time it is lost; each time it is back `heard` is called, for what was said meanwhile. */
export async function openLine({ url, log, heard }: Settings): Promise<Line> {
  let client: pg.Client | undefined;
  let closed = false;
  let waiting: NodeJS.Timeout | undefined;

  async function connect(wait: number): Promise<void> {
    // Nothing is lost when the machine stops in the middle of a NOTIFY: its commit need not wait for the disk.
    const next = new DatabaseClient({
      connectionString: url,
      application_name: 'pli-live',
      connectionTimeoutMillis: 5_000,
      options: '-c synchronous_commit=off',
    });
    let lost = false;
    const lose = (reason: string) => {
      if (lost || closed) return;
      lost = true;
      client = undefined;
      log.warn({ reason }, 'the line between processes was lost; screens are told by the poll until it is back');
      next.end().catch(() => undefined);
      waiting = setTimeout(() => void connect(Math.min(wait * 2, retry.most)), wait);
    };
    next.on('error', (error) => lose(error.message));
    next.on('end', () => lose('the connection ended'));
    // What this very process said, it has read already.
    next.on('notification', (message) => message.processId !== ownPid(next) && heard());
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      if (lost || closed) return;
      client = next;
      heard();
    } catch (error) {
      lose(error instanceof Error ? error.message : String(error));
    }
  }

  const rings = coalesced(
    async () => {
      // A lost NOTIFY only delays: the others poll.
      await client?.query('select pg_notify($1, $2)', [channel, '']).catch(() => undefined);
    },
    { gapMs },
  );
  await connect(retry.first);
  return {
    ring: rings.ask,
    isUp: () => client !== undefined,
    async close() {
      closed = true;
      clearTimeout(waiting);
      await rings.stop();
      await client?.end().catch(() => undefined);
    },
  };
}

/** The server's number of this connection, which pg keeps and its types do not tell. */
function ownPid(client: pg.Client): number | undefined {
  return (client as unknown as { processID?: number }).processID; // as: see above
}
