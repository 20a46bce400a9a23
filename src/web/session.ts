import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { Ctx, SignedInCtx } from '#context';
import {
  endSession as endSessionOf,
  type RecentSession,
  readSession,
  type SessionGrant,
  type SessionLife,
  touchSession,
  type Visit,
} from '#domain/sign-in/api.ts';
import { keepTheme } from './layout/appearance.ts';
import { trustedOrigin } from './layout/installation.ts';
import { preferredLocale } from './layout/language.ts';
import { isLiveRequest } from './layout/live.ts';
import { sourceOf } from './layout/source.ts';
import type { Web, WebContext } from './layout/web.ts';

/** The session, the device that has signed in before, and what the browser is doing at the door. 256 random bits each, stored hashed. */
type Cookie = 'session' | 'appareil' | 'demarche';

/** RFC 6265bis caps a cookie's life at 400 days. */
const deviceSeconds = 400 * 24 * 3600;

/** Whatever the page, says who asks: one query, none without a cookie. `system` gives the context of nobody. */
export function sessionMiddleware({ system, origin }: { system: () => Ctx; origin: string | undefined }) {
  return createMiddleware<Web>(async (c, next) => {
    const https = trustedOrigin(c.req.url, origin)?.startsWith('https:') ?? false;
    const ctx = system();
    const { live } = await readSession(ctx, readCookie(c, 'session', https), { asleep: isLiveRequest(c) });
    const locale = live?.locale ?? preferredLocale(c.req.header('accept-language'));
    c.set('ctx', { ...ctx, locale, actor: live?.actor });
    c.set('life', live?.life);
    c.set('browserId', readCookie(c, 'appareil', https));
    await next();
  });
}

/** Sends somebody unknown to sign in and back again. On a page that answers a form the way back is the page, see the page. */
export const requireSignedIn = createMiddleware<Web>(async (c, next) => {
  if (c.get('ctx').actor) return next();
  return c.redirect(signInPath(c), 303);
});

/** The context of a door behind `requireSignedIn`. */
export function signedInCtx(c: WebContext): SignedInCtx {
  const ctx = c.get('ctx');
  if (!ctx.actor) throw new Error('A door for signed-in people was reached without requireSignedIn');
  return { ...ctx, actor: ctx.actor };
}

function signInPath(c: WebContext): string {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  const page = reads ? c.get('view').path : '/connexion';
  return `/ouvrir-une-session?retour=${encodeURIComponent(page)}`;
}

/** Gives the browser its new session and the appearance its owner chose, and forgets what it was doing at the door. */
export async function startSession(c: WebContext, grant: SessionGrant): Promise<void> {
  keepCookie(c, 'session', grant.token, grant.cookieSeconds);
  keepCookie(c, 'appareil', grant.device, deviceSeconds);
  forgetCookie(c, 'demarche');
  const { live } = await readSession(c.get('ctx'), grant.token);
  if (live && live.theme !== 'auto') keepTheme(c, live.theme);
}

export async function endSession(c: WebContext): Promise<void> {
  const ctx = c.get('ctx');
  if (ctx.actor) await endSessionOf({ ...ctx, actor: ctx.actor });
  forgetCookie(c, 'session');
  forgetCookie(c, 'demarche');
}

/** «Rester connecté»: activity, whatever the last one was. How long the session now lasts. */
export async function staySignedIn(c: WebContext): Promise<SessionLife | undefined> {
  const ctx = signedInCtx(c);
  await touchSession(ctx);
  return (await readSession(ctx, readCookie(c, 'session', isHttps(c)))).live?.life;
}

/** Whose session ran out, or was ended by a suspension, less than a day ago in this browser: what they were writing may be kept for them, and nothing else done. */
export async function recentSession(c: WebContext): Promise<RecentSession | undefined> {
  return (await readSession(c.get('ctx'), readCookie(c, 'session', isHttps(c)))).recent;
}

/** What the sign-in door is told once. */
export type DoorSettings = {
  /** False in the demonstration alone. */
  requireSecondProof: boolean;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxy: readonly string[];
};

/** What the domain needs to know of who knocks. */
export function visitOf(c: WebContext, settings: DoorSettings): Visit {
  return {
    flow: readCookie(c, 'demarche', isHttps(c)),
    device: c.get('browserId'),
    source: sourceOf(c, settings.trustedProxy),
    requireSecondProof: settings.requireSecondProof,
  };
}

/** Keeps what the browser is doing at the door until it closes. */
export function keepFlow(c: WebContext, flow: string): void {
  keepCookie(c, 'demarche', flow, undefined);
}

function isHttps(c: WebContext): boolean {
  return c.get('view').origin.startsWith('https:');
}

/** The `__Host-` prefix binds a cookie to this host alone; browsers accept it over https only. */
function nameOf(cookie: Cookie, https: boolean): string {
  return https ? `__Host-pli-${cookie}` : `pli-${cookie}`;
}

function readCookie(c: WebContext, cookie: Cookie, https: boolean): string | undefined {
  const value = getCookie(c, nameOf(cookie, https));
  return value && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Without `seconds` the cookie goes when the browser closes. */
function keepCookie(c: WebContext, cookie: Cookie, value: string, seconds: number | undefined): void {
  const secure = isHttps(c);
  const life = seconds === undefined ? {} : { maxAge: seconds };
  setCookie(c, nameOf(cookie, secure), value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, ...life });
}

function forgetCookie(c: WebContext, cookie: Cookie): void {
  const secure = isHttps(c);
  deleteCookie(c, nameOf(cookie, secure), { path: '/', httpOnly: true, sameSite: 'Lax', secure });
}
