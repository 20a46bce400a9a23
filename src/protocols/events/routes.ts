import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Actor, Ctx } from '#context';
import { changedSince } from '#platform/realtime/changes.ts';
import { livePath } from '#shared/live.ts';
import type { OpenStreams } from './open-streams.ts';

type Env = { Variables: { ctx: Ctx }; Bindings: Partial<HttpBindings> };

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // nginx and those that follow it hold nothing back.
  'X-Accel-Buffering': 'no',
};
/** Seconds. The script waits at least that long before it tries again. */
const retryAfter = { 'too-many': '60', closing: '1' } as const;

/** `GET /evenements-direct`: tells the screens of whoever is signed in *that* something changed; the page then asks again by its own door. */
export function eventRoutes(streams: OpenStreams): Hono<Env> {
  return new Hono<Env>().get(livePath, async (c) => {
    // Another site of ours could open streams for somebody until none is left for their own screens.
    const from = c.req.header('sec-fetch-site') ?? 'none';
    if (from !== 'same-origin' && from !== 'none') return c.body(null, 403, { 'Cache-Control': 'no-store' });
    const { actor } = c.get('ctx');
    if (!actor) return c.body(null, 401, { 'Cache-Control': 'no-store' });
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    const personaIds = actor.personas.map((persona) => persona.id);
    const stream = streams.open({ profileId: actor.profileId, sessionId: actor.sessionId, personaIds }, () => c.env?.outgoing?.destroy());
    if (typeof stream === 'string') {
      return c.body(null, stream === 'too-many' ? 429 : 503, { 'Cache-Control': 'no-store', 'Retry-After': retryAfter[stream] });
    }
    if (await missedSomething(c, actor)) stream.tell('messages');
    return c.body(stream.body, 200, headers);
  });
}

/** `age` is how long ago the page was asked for, in milliseconds: what happened between it and this stream is told first. */
async function missedSomething(c: Context<Env>, actor: Actor): Promise<boolean> {
  const age = Number(c.req.query('age') ?? Number.NaN);
  if (!Number.isFinite(age) || age < 0) return false;
  // Older than what is kept: nobody knows.
  if (age > 300_000) return true;
  const ctx = c.get('ctx');
  return changedSince(ctx.db, { personaIds: actor.personas.map((persona) => persona.id), since: new Date(ctx.now().getTime() - age) });
}
