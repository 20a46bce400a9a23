import { createMiddleware } from 'hono/factory';
import { trustedOrigin } from './installation.ts';
import type { Web, WebContext } from './web.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

type OriginRules = {
  /** Origin of `PLI_URL`, or undefined on a loopback address. */
  origin: string | undefined;
  /** Paths with another proof than the origin (a shared secret, a code exchange). */
  exempt?: (path: string) => boolean;
  refused: (c: WebContext) => Response | Promise<Response>;
};

/** Accepts an unsafe method only from our own pages: the browser says `same-origin`, or names our origin. */
export function originCheck({ origin, exempt, refused }: OriginRules) {
  return createMiddleware<Web>(async (c, next) => {
    if (safeMethods.has(c.req.method) || exempt?.(c.req.path) || isOurs(c, origin)) return next();
    return refused(c);
  });
}

function isOurs(c: WebContext, origin: string | undefined): boolean {
  // Without PLI_URL a Host that is not loopback is nobody's: «same-origin» with it proves nothing (DNS rebinding).
  const expected = trustedOrigin(c.req.url, origin);
  if (!expected) return false;
  return c.req.header('sec-fetch-site') === 'same-origin' || c.req.header('origin') === expected;
}
