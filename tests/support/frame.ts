import { Hono } from 'hono';
import { type HTMLElement, parse } from 'node-html-parser';
import type { Actor, Ctx } from '#context';
import { livePath } from '#shared/live.ts';
import { unbuiltAssets } from '#web/layout/assets.ts';
import { crossSitePage, errorPage, notFoundPage } from '#web/layout/error-pages.tsx';
import type { Installation } from '#web/layout/installation.ts';
import { originCheck } from '#web/layout/origin-check.ts';
import { securityHeaders } from '#web/layout/security-headers.ts';
import { frameMiddleware, viewMiddleware } from '#web/layout/view-middleware.ts';
import type { Web } from '#web/layout/web.ts';

export const jean: Actor = {
  profileId: 'profile-jean',
  sessionId: 'session-jean',
  displayName: 'Jean Dubé',
  timeZone: 'America/Toronto',
  personas: [
    { id: 'persona-courriel', address: 'jeand@courriel.example' },
    { id: 'persona-atelier', address: 'jean.dube@atelier.example' },
  ],
  memberships: [],
  hasDrafts: false,
};

export const installation: Installation = {
  origin: undefined,
  demo: false,
  assets: unbuiltAssets.page,
  zone: 'America/Toronto',
  support: (locale) => ({ phone: '1 819 555-0142', hours: locale === 'en' ? 'day and night' : 'jour et nuit' }),
  unreadOf: async () => ({ total: 3, byPersona: { 'persona-courriel': 2, 'persona-atelier': 1 }, conversations: {} }),
  organisationOf: async () => undefined,
  lookOf: () => undefined,
};

type FrameOptions = {
  actor?: Actor | undefined;
  routes?: Hono<Web>;
  installation?: Partial<Installation>;
  log?: Ctx['log'] | ((fields: object) => void);
};

/** The frame alone, around a few routes: no database, no session. A request to it is one of the same site unless a test says otherwise. */
export function frameApp({ actor, routes, installation: changes = {}, log = () => undefined }: FrameOptions = {}) {
  const told = { ...installation, ...changes };
  // Pages of the frame use nothing else of the context.
  const ctx = {
    actor,
    locale: 'fr-CA',
    now: () => new Date('2026-11-21T22:00:00Z'),
    log: typeof log === 'function' ? { info: log, warn: log, error: log } : log,
  } as unknown as Ctx;
  const app = new Hono<Web>();
  app.use(securityHeaders({ https: told.origin?.startsWith('https:') ?? false }));
  app.use(frameMiddleware(told));
  app.use(async (c, next) => {
    c.set('ctx', ctx);
    await next();
  });
  app.use(viewMiddleware(told));
  app.use(originCheck({ origin: told.origin, refused: crossSitePage }));
  // Nothing happens elsewhere: the script is told not to ask again.
  app.get(livePath, (c) => c.body(null, 204));
  app.notFound(notFoundPage);
  app.onError((error, c) => errorPage(c, error));
  if (routes) app.route('/', routes);
  return app;
}

export async function pageOf(response: Response): Promise<HTMLElement> {
  return parse(await response.text());
}

/** What a person reads, spaces folded. */
export function textOf(element: HTMLElement | null): string {
  return (element?.text ?? '').replace(/\s+/g, ' ').trim();
}
