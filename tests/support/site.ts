import type { Hono } from 'hono';
import { parse } from 'node-html-parser';
import { buildSite } from '#app';
import { isStaff } from '#domain/organisations/api.ts';
import { listLiveSessions, startSession } from '#domain/sign-in/api.ts';
import { readConfig } from '#platform/config/read-config.ts';
import type { Metrics } from '#platform/metrics/open-metrics.ts';
import { type OpenStreams, openStreams } from '#protocols/events/open-streams.ts';
import type { Web } from '#web/layout/web.ts';
import { rememberOrganisations } from '../../src/organisation-cards.ts';
import type { World } from './world.ts';

export const origin = 'http://localhost:3000';

export type Answer = Response & {
  /** The page, once read. */
  page(): Promise<ReturnType<typeof parse>>;
};

/** One browser: it keeps its cookies and follows no redirection by itself. */
export type Browser = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: Record<string, string> | FormData | Uint8Array, headers?: Record<string, string>): Promise<Answer>;
  cookies: Map<string, string>;
};

export type TestSite = {
  browser(): Browser;
  /** A browser whose owner has signed in by password. */
  browserOf(profileId: string): Promise<Browser>;
  /** The site itself, for tests that listen. */
  fetch(request: Request, env?: object): Response | Promise<Response>;
  streams: OpenStreams;
  /** Every route and middleware, as the site declares them. */
  routes: Hono<Web>['routes'];
};

/** With other settings than the demonstration's, and `/metrics`, which tests of pages do without. */
type Installed = { settings?: Record<string, string>; metrics?: Metrics };

/** Pli's pages over a world, without a socket. */
export async function makeSite(
  world: World,
  listen: Parameters<typeof openStreams>[0]['listen'] = world.live.listen,
  { settings = { PLI_DEMO: 'on' }, metrics }: Installed = {},
): Promise<TestSite> {
  const { config } = readConfig(settings);
  const own = config.url ?? origin;
  const prefix = own.startsWith('https:') ? '__Host-pli' : 'pli';
  const organisations = rememberOrganisations(() => world.ctx);
  await organisations.refresh();
  const clock = {
    ...world.clock,
    offset: () => ({ clock: 0, sessions: 0 }),
    refresh: () => Promise.resolve(),
    advance: () => Promise.reject(new Error('Tests move the clock themselves')),
  };
  const streams = openStreams({ listen, liveSessions: (ids) => listLiveSessions(world.ctx, ids), log: world.ctx.log });
  const site = buildSite({
    config,
    organisations,
    systemCtx: () => world.ctx,
    clock,
    catchUp: world.runJobs,
    streams,
    ready: () => Promise.resolve(),
    ...(metrics ? { metrics } : {}),
  });

  function browser(): Browser {
    const cookies = new Map<string, string>();
    async function ask(path: string, init: RequestInit): Promise<Answer> {
      const headers = new Headers(init.headers);
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      if (!headers.has('accept-language')) headers.set('accept-language', 'fr-CA');
      const response = await site.request(new Request(`${own}${path}`, { ...init, headers }));
      for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
      return Object.assign(response, { page: async () => parse(await response.text()) });
    }
    return {
      cookies,
      get: (path, headers = {}) => ask(path, { headers }),
      post: (path, body, headers = {}) =>
        ask(path, {
          method: 'POST',
          // Node's own types do not know that a body may be bytes of a Buffer.
          body: (body instanceof FormData || body instanceof Uint8Array ? body : new URLSearchParams(body)) as BodyInit,
          headers: { 'sec-fetch-site': 'same-origin', origin: own, ...headers },
        }),
    };
  }

  return {
    browser,
    streams,
    routes: site.routes,
    fetch: (request, env) => site.fetch(request, env),
    async browserOf(profileId) {
      const staff = await isStaff(world.ctx, { profileId });
      const grant = await startSession(world.ctx, { profileId, method: 'password', staff, device: undefined, ownDevice: false });
      const signedIn = browser();
      signedIn.cookies.set(`${prefix}-session`, grant.token);
      return signedIn;
    },
  };
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf('='));
  const gone = attributes.some((attribute) => /^max-age=0$/iu.test(attribute));
  if (gone) cookies.delete(name);
  else cookies.set(name, pair.slice(pair.indexOf('=') + 1));
}
