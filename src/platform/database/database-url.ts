/** One PostgreSQL of those a URL names. */
export type DatabaseServer = { host: string; port: number };

/** What `DATABASE_URL` says when it names several servers: copies of one database, of which one accepts writes. */
export type SeveralServers = {
  servers: readonly DatabaseServer[];
  /** The same URL with the first server alone and without `target_session_attrs`: what the driver understands. */
  firstUrl: string;
};

export type DatabaseUrl = { kind: 'one' } | ({ kind: 'several' } & SeveralServers) | { kind: 'wrong'; fault: 'form' | 'attributes' };

const defaultPort = 5432;
const mostServers = 8;
/** Pli writes: a server that only reads is of no use to it, whatever the URL says. */
const useful = ['read-write', 'primary'];

/** Reads a URL as libpq does (PostgreSQL's manual, 34.1.1.2): `postgres://user:password@h1:5432,h2:5433/pli?target_session_attrs=read-write`. */
export function readDatabaseUrl(url: string): DatabaseUrl {
  const [, scheme, login = '', hosts = '', path = '', query = ''] = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#]*)(\/[^?#]*)?(\?[^#]*)?$/.exec(url) ?? [];
  if (scheme === undefined || /\s/.test(url)) return { kind: 'wrong', fault: 'form' };
  const parameters = new URLSearchParams(query);
  const attributes = parameters.get('target_session_attrs');
  if (attributes !== null && !useful.includes(attributes)) return { kind: 'wrong', fault: 'attributes' };
  const servers = serversIn(parameters.get('host') ?? hosts, parameters.get('port'));
  if (!servers) return { kind: 'wrong', fault: 'form' };
  const [first, ...others] = servers;
  parameters.delete('target_session_attrs');
  if (!first || others.length === 0) return { kind: 'one' };
  parameters.delete('host');
  parameters.delete('port');
  const rest = parameters.size > 0 ? `?${parameters}` : '';
  return { kind: 'several', servers, firstUrl: `${scheme}${login}${placeOf(first)}${path}${rest}` };
}

/** `[::1]:5432`, `db1.internal:5432`. */
export function placeOf({ host, port }: DatabaseServer): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function serversIn(hosts: string, ports: string | null): DatabaseServer[] | undefined {
  // A socket's folder may hold a comma; several folders make no sense to us.
  const named = hosts.startsWith('/') ? [hosts] : hosts.split(',');
  const numbers = ports?.split(',') ?? [];
  if (named.length > mostServers || (numbers.length > 1 && numbers.length !== named.length)) return undefined;
  if (named.length === 1) return [{ host: hosts, port: defaultPort }]; // The driver reads it itself.
  const servers = named.map((one, index) => serverIn(one, numbers.length > 1 ? numbers[index] : numbers[0]));
  return servers.every((server) => server !== undefined) ? servers : undefined;
}

function serverIn(text: string, otherPort: string | undefined): DatabaseServer | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.%]+)\]|([^[\]:%]+))(?::(\d{0,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits || otherPort || defaultPort);
  return host === undefined || !Number.isInteger(port) || port < 1 || port > 65_535 ? undefined : { host, port };
}
