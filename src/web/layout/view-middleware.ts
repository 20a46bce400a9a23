import { createMiddleware } from 'hono/factory';
import type { Ctx, SignedInCtx } from '#context';
import { translator } from '#messages/translate.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { readPreference } from './cookies.ts';
import { readFlash } from './flash.ts';
import { type Installation, trustedOrigin } from './installation.ts';
import { chooseLocale, rememberAskedLocale } from './language.ts';
import { isLiveRequest } from './live.ts';
import { type Theme, themes, type View } from './view.ts';
import type { Web, WebContext } from './web.ts';

const nothingUnread = { total: 0, byPersona: {}, conversations: {} };

/** The view of somebody unknown, before anything that may fail: whatever breaks down later, there is a page to say it with. */
export function frameMiddleware(installation: Installation) {
  return createMiddleware<Web>(async (c, next) => {
    begin(c, installation);
    await next();
  });
}

/** Completes the view after the session has said who reads, and settles the language of the rest of the request. */
export function viewMiddleware(installation: Installation) {
  return createMiddleware<Web>(async (c, next) => {
    const frame = c.get('view') ?? begin(c, installation);
    const ctx = c.get('ctx');
    const locale = chooseLocale(c, { https: isHttps(frame), own: ctx.actor ? ctx.locale : undefined });
    const own: Ctx = ctx.locale === locale ? ctx : { ...ctx, locale };
    c.set('ctx', own);
    c.set('view', { ...(await completed(frame, own, installation)), life: c.get('life') });
    await next();
  });
}

function begin(c: WebContext, installation: Installation): View {
  const origin = trustedOrigin(c.req.url, installation.origin) ?? 'http://localhost';
  const https = origin.startsWith('https:');
  rememberAskedLocale(c, { https });
  const locale = chooseLocale(c, { https });
  const view: View = {
    locale,
    t: translator(locale),
    zone: installation.zone,
    now: new Date(),
    theme: themeOf(readPreference(c, 'apparence', { https })),
    path: pathOf(c),
    origin,
    actor: undefined,
    life: undefined,
    unread: nothingUnread,
    flash: isLiveRequest(c) ? undefined : readFlash(c, https),
    demo: installation.demo,
    organisation: undefined,
    support: installation.support(locale),
    look: installation.lookOf?.(undefined),
    assets: installation.assets,
    icons: new Set(),
  };
  c.set('view', view);
  return view;
}

async function completed(frame: View, ctx: Ctx, installation: Installation): Promise<View> {
  const { locale } = ctx;
  const view = { ...frame, now: ctx.now(), locale, t: translator(locale), support: installation.support(locale) };
  if (!isSignedIn(ctx)) return view;
  const [unread, organisation] = await Promise.all([installation.unreadOf(ctx), installation.organisationOf(ctx)]);
  const look = installation.lookOf?.(ctx.actor.memberships[0]?.organisationId);
  return { ...view, actor: ctx.actor, unread, organisation, look, zone: ctx.actor.timeZone ?? organisation?.zone ?? installation.zone };
}

function isSignedIn(ctx: Ctx): ctx is SignedInCtx {
  return ctx.actor !== undefined;
}

function isHttps(view: View): boolean {
  return view.origin.startsWith('https:');
}

function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}

/** The page a person is on. A form's answer has an address that a GET may not have: the page it was on is in Referer. */
function pathOf(c: WebContext): string {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  const url = URL.parse(reads ? c.req.url : (c.req.header('referer') ?? '/'), c.req.url);
  if (!url) return '/';
  url.searchParams.delete('lang');
  return safeReturnPath(url.pathname + url.search) ?? '/';
}
