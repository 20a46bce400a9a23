import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Ctx } from '#context';
import type { SessionLife } from '#domain/sign-in/api.ts';
import type { View } from './view.ts';

/**
 * The environment of every page: `ctx` set by the session, `view` by the frame. The connection, and `streamed` (a source of bytes as the body
 * of the answer, without copies between), are the HTTP server's: where there is none, as in tests of pages, neither is there.
 */
export type Web = {
  Variables: { ctx: Ctx; view: View; browserId: string | undefined; life: SessionLife | undefined };
  Bindings: { incoming?: IncomingMessage; streamed?: (source: Readable) => ReadableStream };
};

export type WebContext = Context<Web>;
