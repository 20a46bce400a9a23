import pg from 'pg';
import { type DatabaseServer, readDatabaseUrl } from './database-url.ts';
import { aimAt, cutLine } from './probe-server.ts';
import { type Servers, severalServers } from './writable-server.ts';

/** By URL; in a process there is one, of the database it serves. */
const knownServers = new Map<string, Servers>();

/** The servers of a URL that names several; undefined when it names one, which is then all there is to know. */
export function serversOf(url: string): Servers | undefined {
  const known = knownServers.get(url);
  if (known) return known;
  const read = readDatabaseUrl(url);
  if (read.kind !== 'several') return undefined;
  const servers = severalServers(read);
  knownServers.set(url, servers);
  return servers;
}

/** SQLSTATE: what pages answer 503 to. */
const connectionFailure = '08006';

/** Linux asks a silent peer ten times, once a second, after this pause: a machine that is gone is known within 15 s. Milliseconds. */
const keepAliveAfterMs = 5_000;

/**
 * The connection that everything of Pli uses: pool, jobs, line between processes, migrations, backups. Where `DATABASE_URL` names several
 * servers it goes to the one that accepts writes, and is cut when another has taken over (docs/adr/0018). With one server it is the driver's own.
 */
export class DatabaseClient extends pg.Client {
  private readonly servers: Servers | undefined;

  constructor(given?: string | pg.ClientConfig) {
    const config = typeof given === 'string' ? { connectionString: given } : { ...given };
    const { connectionString = '' } = config;
    const read = readDatabaseUrl(connectionString);
    const url = read.kind === 'several' ? read.firstUrl : connectionString;
    super({ keepAlive: true, keepAliveInitialDelayMillis: keepAliveAfterMs, ...config, connectionString: url });
    this.servers = serversOf(connectionString);
    // The pool listens only while a connection is idle: one lost while in use would end the process, though its query already fails.
    this.on('error', () => undefined);
  }

  override connect(): Promise<this>;
  override connect(callback: (error: Error | null, client?: this) => void): void;
  override connect(callback?: (error: Error | null, client?: this) => void): Promise<this> | undefined {
    const connected = this.reach();
    if (!callback) return connected;
    connected.then((client) => callback(null, client), callback);
    return undefined;
  }

  private async reach(): Promise<this> {
    const server = await this.servers?.writable();
    if (server) aimAt(this, server);
    try {
      await super.connect();
    } catch (error) {
      if (server) this.servers?.doubt(server);
      throw error;
    }
    if (server) this.followTo(server);
    return this;
  }

  private followTo(server: DatabaseServer): void {
    const forget = this.servers?.follow({ cut: (reason) => cutLine(this, Object.assign(new Error(reason), { code: connectionFailure })) }, server);
    this.on('error', () => this.servers?.doubt(server));
    this.on('end', () => forget?.());
  }
}
