import type { JSX } from '#jsx/jsx-runtime';
import { shapesOf } from '#web/kit/sprite.tsx';
import { compressedPage } from './compressed-page.ts';
import { forgetFlash } from './flash.ts';
import type { WebContext } from './web.ts';

/** A page as a response: 200 for what was asked, 422 for a form to correct, 4xx and 5xx for the rest. */
export function renderPage(c: WebContext, page: JSX.Element, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const html = `<!doctype html>${String(page)}`;
  const view = c.get('view');
  if (view?.flash) forgetFlash(c);
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Content-Language', view?.locale ?? 'fr-CA');
  c.header('Cache-Control', view?.actor ? 'no-store' : 'private, no-cache');
  c.header('Vary', 'Accept-Language, Cookie, Accept-Encoding');
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  // Status codes are our own constants; Hono's type lists them one by one.
  const answer = status as 200;
  if (!mayCompress(c, html)) return c.body(html, answer);
  c.header('Content-Encoding', 'gzip');
  return c.body(compressedPage(html, view && shapesOf({ view })), answer);
}

const worthCompressing = 1000;

/**
 * BREACH: the length of a compressed page tells what its secrets share with text an attacker chose, and an attacker must provoke the
 * request to choose it. A request provoked by another site says so (`Sec-Fetch-Site`) and is answered uncompressed; browsers too old to
 * say so are not given their cookie on cross-site requests other than a navigation (SameSite=Lax). Pages hold no anti-forgery token.
 */
function mayCompress(c: WebContext, html: string): boolean {
  const site = c.req.header('sec-fetch-site');
  const provoked = site === 'cross-site' || site === 'same-site';
  return !provoked && html.length > worthCompressing && acceptsGzip(c.req.header('accept-encoding'));
}

function acceptsGzip(header = ''): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(header);
}
