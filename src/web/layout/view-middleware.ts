import { createMiddleware } from 'hono/factory';
import type { Ctx, SignedInCtx } from '#context';
import { translator } from '#messages/translate.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { readPreference } from './cookies.ts';
import { readFlash } from './flash.ts';
import { type Installation, trustedOrigin } from './installation.ts';
import { chooseLocale } from './language.ts';
import { type Theme, themes, type View } from './view.ts';
import type { Web, WebContext } from './web.ts';

const nothingUnread = { total: 0, byPersona: {} };

/** Makes the view of each page after the session has said who reads, and settles the language of the rest of the request. */
export function viewMiddleware(installation: Installation) {
  return createMiddleware<Web>(async (c, next) => {
    const ctx = c.get('ctx');
    const locale = chooseLocale(c, { https: isHttps(c, installation), own: ctx.actor ? ctx.locale : undefined });
    const own: Ctx = ctx.locale === locale ? ctx : { ...ctx, locale };
    c.set('ctx', own);
    c.set('view', await makeView(c, own, installation));
    await next();
  });
}

async function makeView(c: WebContext, ctx: Ctx, installation: Installation): Promise<View> {
  const view = frameView(c, ctx.locale, installation);
  if (!isSignedIn(ctx)) return { ...view, now: ctx.now() };
  const [unread, organisation] = await Promise.all([installation.unreadOf(ctx), installation.organisationOf(ctx)]);
  const zone = ctx.actor.timeZone ?? organisation?.zone ?? installation.zone;
  return { ...view, now: ctx.now(), actor: ctx.actor, unread, organisation, zone };
}

/** The view of somebody unknown: all that a page shown before the session, or in spite of it, can have. */
export function frameView(c: WebContext, locale: View['locale'], installation: Installation): View {
  const https = isHttps(c, installation);
  return {
    locale,
    t: translator(locale),
    zone: installation.zone,
    now: new Date(),
    theme: themeOf(readPreference(c, 'apparence', { https })),
    path: pathOf(c),
    origin: trustedOrigin(c.req.url, installation.origin) ?? 'http://localhost',
    actor: undefined,
    unread: nothingUnread,
    flash: readFlash(c, https),
    demo: installation.demo,
    organisation: undefined,
    support: installation.support(locale),
    assets: installation.assets,
    icons: new Set(),
  };
}

function isSignedIn(ctx: Ctx): ctx is SignedInCtx {
  return ctx.actor !== undefined;
}

function isHttps(c: WebContext, installation: Installation): boolean {
  return trustedOrigin(c.req.url, installation.origin)?.startsWith('https:') ?? false;
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
