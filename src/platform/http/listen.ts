import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Log } from '#platform/log/log.ts';
import { startRefused } from '../start-refused.ts';
import { type Streaming, streaming } from './streamed-body.ts';

/** `streamed`: a source of bytes as the body of the answer, which is then written to the connection itself. */
export type Bindings = HttpBindings & Pick<Streaming, 'streamed'>;
export type Fetch = (request: Request, env: Bindings) => Response | Promise<Response>;

export type Listening = {
  port: number;
  /** Takes no new connection, answers what is on its way on those that are open, tells each that it was the last, then closes them. */
  close(): Promise<void>;
};

/** Uploads last as long as they last (`requestTimeout` 0), so slow clients are held by these. Milliseconds. */
const usualLimits = {
  headersTimeout: 20_000,
  /** How often late headers and slow bodies are looked for: they are dropped that much after their time at most. */
  checkEvery: 5_000,
  keepAliveTimeout: 72_000, // Longer than the 60 s of ordinary proxies, which then close first.
  /** Nothing sent or received for so long: the connection is dropped. */
  silence: 120_000,
  /** A body that is still coming after so long comes at `bodyBytesPerSecond` at least, as a whole: drop by drop it would hold its place for ever. */
  bodyPatience: 30_000,
  bodyBytesPerSecond: 500,
  connections: 4_000,
};

export type Limits = typeof usualLimits;

const finishWithinMs = 10_000;
/** After a stop was asked for, a connection that is silent stays open for so long: a request may be on its way on it, from a proxy above all. */
const silenceBeforeCloseMs = 300;
/** A Pli that is stopping still holds the port for a moment. */
const portPatienceMs = 3_000;

/**
 * `limits`: others than the usual, for tests that do not wait. `unreadable`: the path under which `fetch` is asked for an address that no URL
 * can hold (`GET /\x`), so that whoever typed it gets a page; without it, the answer is a bare 400.
 */
type ListenOptions = { host: string; port: number; fetch: Fetch; log: Log; unreadable?: string; limits?: Partial<Limits> };

/** Listens until `close`. No request, however malformed, ends the process. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const handle = getRequestListener((request, env) => answer(options.fetch, request, onlyHttp1(env)), {
    errorHandler: (error) => answerTo(error, options.log),
  });
  const limits = { ...usualLimits, ...options.limits };
  const { headersTimeout, keepAliveTimeout } = limits;
  const pace = keepPace(limits);
  const farewell = new Farewell();
  const server = createServer({ requestTimeout: 0, headersTimeout, keepAliveTimeout, connectionsCheckingInterval: limits.checkEvery }, (incoming, outgoing) => {
    if (isRefused(incoming, outgoing)) return;
    farewell.serve(outgoing);
    pace.follow(incoming);
    if (options.unreadable !== undefined && isUnreadable(incoming)) incoming.url = options.unreadable;
    handle(incoming, outgoing).catch((error: unknown) => options.log.error({ error }, 'a request could not be answered'));
  });
  server.timeout = limits.silence;
  server.maxConnections = limits.connections;
  server.on('clientError', refuseGarbage);
  await bind(server, options);
  server.on('error', (error) => options.log.error({ error }, 'the HTTP server reports an error'));
  return {
    port: portOf(server),
    async close() {
      await closeServer(server, farewell);
      pace.stop();
    },
  };
}

/** Connections whose last word was a bad request: what follows it there may be no request at all. */
const ended = new WeakSet<Socket>();

/** RFC 9112 §3.2: more than one Host is a bad request. Node takes the first, and whoever stands before us may have judged by the other. */
function isRefused({ rawHeaders, socket }: IncomingMessage, outgoing: ServerResponse): boolean {
  if (ended.has(socket)) return true;
  if (rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length < 2) return false;
  ended.add(socket);
  outgoing.writeHead(400, { Connection: 'close', ...bareHeaders }).end('400\n');
  return true;
}

/** Drops who sends a body drop by drop. One that we do not read ourselves, for the moment, is no fault of its sender. */
function keepPace({ checkEvery, bodyPatience, bodyBytesPerSecond }: Limits): { follow: (incoming: IncomingMessage) => void; stop: () => void } {
  const coming = new Map<IncomingMessage, { since: number; from: number }>();
  const isTooSlow = (incoming: IncomingMessage, { since, from }: { since: number; from: number }) => {
    const lasted = performance.now() - since;
    const waitsForUs = incoming.readableLength >= incoming.readableHighWaterMark;
    return lasted > bodyPatience && !waitsForUs && incoming.socket.bytesRead - from < (bodyBytesPerSecond * lasted) / 1000;
  };
  const look = setInterval(() => {
    for (const [incoming, begun] of coming) if (isTooSlow(incoming, begun)) incoming.socket.destroy();
  }, checkEvery);
  look.unref();
  return {
    follow(incoming) {
      if (incoming.headers['transfer-encoding'] === undefined && !Number(incoming.headers['content-length'])) return;
      coming.set(incoming, { since: performance.now(), from: incoming.socket.bytesRead });
      incoming.once('end', () => coming.delete(incoming)).once('close', () => coming.delete(incoming));
    },
    stop: () => clearInterval(look),
  };
}

/** Where the adapter would refuse to make a Request of it, for its address alone: a Host that is none stays the fault of a program. */
function isUnreadable({ url = '', headers }: IncomingMessage): boolean {
  if (!headers.host || !URL.canParse(`http://${headers.host}/`)) return false;
  const [path = ''] = url.split('?', 1);
  const whole = /^https?:\/\//.test(url) ? url : `http://${headers.host}${url}`;
  return path.includes('\\') || !/^(?:\/|https?:\/\/)/.test(url) || !URL.canParse(whole);
}

/** The server above speaks HTTP/1.1 only; the adapter's type allows for HTTP/2. */
function onlyHttp1(env: unknown): HttpBindings {
  return env as HttpBindings; // See above.
}

async function answer(fetch: Fetch, request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> {
  const { streamed, send } = streaming();
  const response = await fetch(request, { incoming, outgoing, streamed });
  return send(response, outgoing) ? RESPONSE_ALREADY_SENT : response;
}

/** What the adapter itself cannot make a Request of (a Host with a space) is a bad request; all else was for `fetch` to catch. */
function answerTo(error: unknown, log: Log): Response {
  if (error instanceof Error && error.name === 'RequestError') return bareAnswer(400);
  log.error({ error }, 'an error escaped the application');
  return bareAnswer(500);
}

const bareHeaders = {
  'Content-Type': 'text/plain',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

function bareAnswer(status: number): Response {
  return new Response(`${status}\n`, { status, headers: bareHeaders });
}

function refuseGarbage(error: Error & { code?: string }, socket: Socket & { writable: boolean }): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answers: Record<string, string> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  };
  const safety = "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff";
  socket.end(`HTTP/1.1 ${answers[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n${safety}\r\nContent-Length: 0\r\n\r\n`);
}

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  const giveUpAt = performance.now() + portPatienceMs;
  for (;;) {
    const fault = await tryBind(server, host, port);
    if (!fault) return;
    if (fault.code !== 'EADDRINUSE') throw startRefused('port.forbidden', { host, port, reason: fault.message }, fault);
    if (performance.now() > giveUpAt) throw startRefused('port.in-use', { host, port, other: port + 1 }, fault);
    await pause(100);
  }
}

function tryBind(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const settle = (fault?: NodeJS.ErrnoException) => {
      server.off('error', settle);
      server.off('listening', settle);
      resolve(fault);
    };
    server.on('error', settle);
    server.on('listening', settle);
    server.listen({ host, port });
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return address && typeof address === 'object' ? address.port : 0;
}

/** RFC 9112 §9.6: whoever keeps a connection open is told by `Connection: close` that it takes no further request, before it is closed. */
class Farewell {
  readonly #underWay = new Set<ServerResponse>();
  #said = false;

  serve(answer: ServerResponse): void {
    if (this.#said) answer.shouldKeepAlive = false;
    this.#underWay.add(answer);
    answer.once('close', () => this.#underWay.delete(answer));
  }

  /** From now on, also in answers that are under way and have no headers yet. */
  say(): void {
    this.#said = true;
    for (const answer of this.#underWay) answer.shouldKeepAlive = false;
  }
}

async function closeServer(server: Server, farewell: Farewell): Promise<void> {
  const last = setTimeout(() => server.closeAllConnections(), finishWithinMs);
  farewell.say();
  // That of `net` only stops listening. That of `http` also closes what is idle at this instant, with the requests that are on their way there.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  await Promise.race([closed, pause(silenceBeforeCloseMs)]);
  // A connection becomes idle when its request ends: asking once would leave it open until its time is out.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
}
