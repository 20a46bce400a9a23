import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from './log.ts';

/**
 * One line a request, outside of the demonstration. The pattern of the route is written, not the address:
 * addresses hold tokens (`/avis/:jeton`) and say who looks at what. No source address, no browser.
 */
export function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const ms = Math.round(performance.now() - startedAt);
    log.info({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, 'request');
  };
}
