import { setTimeout as pause } from 'node:timers/promises';
import { type DatabaseServer, placeOf, type SeveralServers } from './database-url.ts';
import { bestOf, describeState, type Known, lookAt, type Writable } from './probe-server.ts';

/** A connection that can be cut at once. */
export type Cuttable = { cut(reason: string): void };

/** Several copies of one database, of which one accepts writes: who it is, and what follows when that changes (docs/adr/0018). */
export type Servers = {
  /** The server that accepts writes; looked for during 3 s at most, by one look for all who ask. Throws `NoWritableServer`. */
  writable(): Promise<DatabaseServer>;
  /** A connection to it broke: the next one asks again who accepts writes. */
  doubt(server: DatabaseServer): void;
  /** From now on this connection is cut when another server has taken over. The function returned forgets it. */
  follow(connection: Cuttable, server: DatabaseServer): () => void;
  /** Calls `listener` each time writes go to another server than before. */
  onMove(listener: (place: string) => void): void;
};

/** Milliseconds. A server that is gone without a word is found out at the next watch. */
const pace = { retry: 200, patience: 3_000, watch: 3_000 } as const;

/** Nobody accepts writes just now: pages answer 503, and what was accepted is kept. */
export class NoWritableServer extends Error {
  /** SQLSTATE cannot_connect_now. */
  readonly code = '57P03';
  constructor(states: readonly string[]) {
    super(`no server accepts writes: ${states.join('; ')}`);
    this.name = 'NoWritableServer';
  }
}

export function severalServers({ servers, firstUrl }: SeveralServers): Servers {
  const connections = new Map<Cuttable, DatabaseServer>();
  const listeners = new Set<(place: string) => void>();
  let known: Known = { timeline: 0, system: undefined };
  /** Of the one that accepts writes: who it was when last seen, and whether that is still believed. */
  let last: DatabaseServer | undefined;
  let believed = false;
  let finding: Promise<DatabaseServer> | undefined;
  let watching = false;

  function believe({ server, timeline, system }: Writable): DatabaseServer {
    known = { timeline, system };
    believed = true;
    if (last && last !== server) {
      for (const [connection, to] of connections) if (to !== server) connection.cut(`the database is now ${placeOf(server)}`);
      for (const listener of listeners) listener(placeOf(server));
    }
    last = server;
    return server;
  }

  async function find(): Promise<DatabaseServer> {
    const giveUpAt = performance.now() + pace.patience;
    for (;;) {
      const states = await lookAt(servers, firstUrl);
      const best = bestOf(states, known);
      if (best) return believe(best);
      if (performance.now() > giveUpAt) throw new NoWritableServer(states.map((state) => describeState(state, known)));
      await pause(pace.retry);
    }
  }

  /** Also finds a server that fell silent, and one that was promoted while the former still takes our connections. */
  async function watch(): Promise<void> {
    watching = connections.size > 0;
    if (!watching) return;
    const best = bestOf(await lookAt(servers, firstUrl), known);
    if (best) believe(best);
    setTimeout(watch, pace.watch).unref();
  }

  return {
    async writable() {
      if (last && believed) return last;
      finding ??= find().finally(() => {
        finding = undefined;
      });
      return finding;
    },
    doubt(server) {
      if (server === last) believed = false;
    },
    follow(connection, server) {
      connections.set(connection, server);
      if (!watching) setTimeout(watch, pace.watch).unref();
      watching = true;
      return () => connections.delete(connection);
    },
    onMove: (listener) => void listeners.add(listener),
  };
}
