import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { type Locker, Server } from '@tus/server';
import { type Context, Hono } from 'hono';
import type { Ctx, SignedInCtx } from '#context';
import { touchSession } from '#domain/sign-in/api.ts';
import { translator } from '#messages/translate.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { uploadsPath } from '#shared/uploads.ts';
import { UploadStore } from './upload-store.ts';

type Env = { Variables: { ctx: Ctx }; Bindings: Partial<HttpBindings> };

/**
 * A part whose sender falls silent for so long ends with its connection, and what arrived is kept: the place is free for their next try.
 * Shorter than the server's own limit, for a phone that lost its network does not say so. Milliseconds.
 */
const silenceMs = 20_000;
const touchEveryMs = 60_000;
const methods = 'OPTIONS, POST, HEAD, PATCH, DELETE';
/** What tus reads of a request. The rest is ours, or the proxy's, and not to be judged by the library. */
const headersOfTus = ['tus-resumable', 'upload-length', 'upload-defer-length', 'upload-offset', 'upload-metadata', 'upload-concat', 'content-length'];

/** `/uploads`: tus 1.0 (https://tus.io/protocols/resumable-upload), with creation and termination, for whoever is signed in. */
export function uploadRoutes(): Hono<Env> {
  return new Hono<Env>().all(uploadsPath, answer).all(`${uploadsPath}/:id`, answer);
}

async function answer(c: Context<Env>): Promise<Response> {
  const ctx = c.get('ctx');
  const { actor } = ctx;
  const { method } = c.req.raw; // Hono asks the handler of GET for what HEAD would be answered.
  if (!actor) return plain(401, translator(ctx.locale)('uploads.signed-out'));
  if (!methods.includes(method)) return plain(405, '', { Allow: methods });
  // tus 1.0, PATCH: «the Server SHOULD return a 415 Unsupported Media Type status».
  if (method === 'PATCH' && mediaTypeOf(c) !== offsetStream) return plain(415, '');
  const signedIn = { ...ctx, actor };
  const response = await keepingSession(signedIn, () => tus(signedIn, c).handleWeb(request(c)));
  response.headers.set('Cache-Control', 'no-store');
  // The library closes the connection after a refusal; what is left of the body is read, so that the browser gets the answer.
  response.headers.delete('Connection');
  return response;
}

const offsetStream = 'application/offset+octet-stream';

function mediaTypeOf(c: Context<Env>): string {
  return (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** One for each request: it costs some objects, and nothing is shared between people. */
function tus(ctx: SignedInCtx, c: Context<Env>): Server {
  return new Server({
    path: uploadsPath,
    datastore: new UploadStore(ctx, { body: bodyOf(c), settled: c.req.raw.method === 'HEAD' }),
    locker: noLocks,
    relativeLocation: true,
    allowedOrigins: [],
    maxSize: conversationLimits.filesBytes,
    onResponseError: (_request, error) => {
      // What is neither a refusal nor a fault the library knows is ours: it goes to the page that tells a reference number.
      if (!('status_code' in error)) throw error;
      return undefined;
    },
  });
}

/** The domain lets one writer in at a time, whatever the process; reading how far one is needs no lock. */
const noLocks: Locker = {
  newLock: () => ({ lock: async () => undefined, unlock: async () => undefined }),
};

/** The request as tus reads it: without its body, which the store has. */
function request(c: Context<Env>): Request {
  const headers = new Headers();
  for (const name of headersOfTus) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (mediaTypeOf(c) === offsetStream) headers.set('content-type', offsetStream);
  return new Request(c.req.url, { method: c.req.raw.method, headers });
}

/** Straight from the connection, without the web streams between; from the request where there is none (tests of pages). */
function bodyOf(c: Context<Env>): AsyncIterable<Buffer> {
  const incoming = c.env?.incoming;
  if (incoming) {
    incoming.setTimeout(silenceMs); // Node sets its own again for the next request of the connection.
    return (incoming as Readable).iterator({ destroyOnReturn: false }); // HTTP/1 or 2, both are readable
  }
  // node:stream/web and the DOM declare the same class twice.
  return c.req.raw.body ? Readable.fromWeb(c.req.raw.body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
}

/** An upload in progress is activity: the session does not end under it (S-15). */
async function keepingSession<T>(ctx: SignedInCtx, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    touchSession(ctx).catch((error: unknown) => ctx.log.warn({ error }, 'A session could not be kept during an upload'));
  }, touchEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

function plain(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  return new Response(sentence, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers } });
}
