import { createMiddleware } from 'hono/factory';

/** Nothing but our own files; no inline script or style; never inside a frame. */
export const contentSecurityPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'"],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"],
].join('; ');

/** For what is saved and never shown (a file, a list) and for pictures others gave: were it opened by its own address, nothing of it would act. */
export const filePolicy = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const twoYears = 2 * 365 * 24 * 3600;

/** On every response, errors included. A response that sets its own policy (a download, a mail shown alone) keeps it. */
export function securityHeaders({ https }: { https: boolean }) {
  return createMiddleware(async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentSecurityPolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (https) headers.set('Strict-Transport-Security', `max-age=${twoYears}; includeSubDomains`);
  });
}
