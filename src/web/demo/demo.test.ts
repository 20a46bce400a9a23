import { Hono } from 'hono';
import { parse } from 'node-html-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareInstallation } from '#domain/demonstration/api.ts';
import { deliverDueMails, sendCode } from '#domain/notices/api.ts';
import { type Clock, openClock } from '#platform/clock/clock.ts';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import { unbuiltAssets } from '#web/layout/assets.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import type { Installation } from '#web/layout/installation.ts';
import { securityHeaders } from '#web/layout/security-headers.ts';
import { frameMiddleware } from '#web/layout/view-middleware.ts';
import type { Web } from '#web/layout/web.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { demoRoutes } from './routes.ts';

const installation: Installation = {
  origin: undefined,
  demo: true,
  assets: unbuiltAssets.page,
  zone: 'America/Toronto',
  support: () => ({}),
  unreadOf: async () => ({ total: 0, byPersona: {}, conversations: {} }),
  organisationOf: async () => undefined,
};

let world: World;
let clock: Clock;
let caughtUp: Date[];
let site: Hono<Web>;

beforeEach(async () => {
  world = await makeWorld();
  await prepareInstallation(world.ctx.db, { demonstration: true, now: world.ctx.now() });
  clock = await openClock(world.ctx.db, () => Date.parse('2026-11-20T15:00:00Z'));
  caughtUp = [];
  site = makeSite(undefined);
});
afterEach(() => world.dispose());

function makeSite(origin: string | undefined, on = true): Hono<Web> {
  const made = new Hono<Web>();
  made.use(securityHeaders({ https: false }));
  made.use(frameMiddleware(installation));
  made.use(async (c, next) => {
    c.set('ctx', world.ctx);
    await next();
  });
  const catchUp = async () => void caughtUp.push(clock.now());
  made.route('/', demoRoutes(on ? { clock, origin, catchUp } : undefined));
  made.notFound((c) => notFoundPage(c));
  return made;
}

const get = (path: string, headers: Record<string, string> = {}) => site.request(`http://127.0.0.1:3000${path}`, { headers });
const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  site.request(`http://127.0.0.1:3000${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  });

async function sendsCodeTo(to: string, code: string): Promise<void> {
  await sendCode(world.ctx, { to, code, locale: 'fr-CA', minutes: 10, purpose: 'sign-in' });
  await deliverDueMails(world.ctx, {
    publicUrl: () => new URL('http://127.0.0.1:3000'),
    fromAddress: 'connexion@pli.example',
    mailer: keptMailer(world.ctx.db),
  });
}

describe('the mail of the demonstration', () => {
  test('is told to programs newest first, each entry with the fields of the contract', async () => {
    await sendsCodeTo('jeand@courriel.example', '04711842');
    world.clock.advance(60);
    await sendsCodeTo('nadia.roy@courriel.example', '11223344');
    const mails: Record<string, unknown>[] = await (await get('/demo/courrier.json')).json();
    expect(mails.map((mail) => mail.code)).toEqual(['11223344', '04711842']);
    expect(Object.keys(mails[0] ?? {}).sort()).toEqual([
      'at',
      'channel',
      'code',
      'from',
      'html',
      'id',
      'kind',
      'links',
      'messageId',
      'status',
      'subject',
      'text',
      'to',
    ]);
    expect(mails[0]).toMatchObject({ channel: 'mail', kind: 'code', at: '2015-02-02T20:15:18.000Z', to: 'nadia.roy@courriel.example', status: 'sent' });
  });

  test('can be narrowed by recipient, date and number', async () => {
    await sendsCodeTo('jeand@courriel.example', '04711842');
    world.clock.advance(60);
    await sendsCodeTo('nadia.roy@courriel.example', '11223344');
    const codes = async (query: string) => ((await (await get(`/demo/courrier.json?${query}`)).json()) as { code: string }[]).map((mail) => mail.code); // as: the shape is tested above
    expect(await codes('to=JeanD@courriel.example')).toEqual(['04711842']);
    expect(await codes('since=2015-02-02T20:15:00Z')).toEqual(['11223344']);
    expect(await codes('limit=1')).toEqual(['11223344']);
    expect((await get('/demo/courrier.json?limit=0')).status).toBe(400);
    expect((await get('/demo/courrier.json?to=%00')).status).toBe(400);
    expect((await get('/demo/courrier?to=%00')).status).toBe(200);
    expect((await get('/demo/courrier.json?since=yesterday')).status).toBe(400);
  });

  test('is shown to people with its code, its text and a way to see it', async () => {
    await sendsCodeTo('jeand@courriel.example', '04711842');
    const page = parse(await (await get('/demo/courrier')).text());
    expect(page.querySelector('h1')?.text).toBe('Courrier de la démonstration');
    const mail = page.querySelector('article');
    expect(mail?.text).toContain('04711842');
    expect(mail?.querySelector('a[href$="/html"]')?.getAttribute('data-turbo')).toBe('false');
    expect(page.text).toContain('Pli-demonstration-2026');
  });

  test('a mail alone is served under a sandbox of its own: no script, nothing from outside, its links may be followed', async () => {
    await sendsCodeTo('jeand@courriel.example', '04711842');
    const [mail]: { id: string }[] = await (await get('/demo/courrier.json')).json();
    const alone = await get(`/demo/courrier/${mail?.id}/html`);
    const policy = alone.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/^sandbox allow-popups/);
    expect(policy).not.toContain('allow-scripts');
    expect(await alone.text()).toContain('04711842');
    expect((await get('/demo/courrier/nothing/html')).status).toBe(404);
  });

  test('000-Y2: a bounce is played on a mail', async () => {
    await sendsCodeTo('jeand@courriel.example', '04711842');
    const [mail]: { id: string }[] = await (await get('/demo/courrier.json')).json();
    const answer = await post(`/demo/courrier/${mail?.id}/rejet`);
    expect(await answer.json()).toMatchObject({ id: mail?.id, status: 'bounced' });
    expect((await post('/demo/courrier/01985c1a-0000-7000-8000-000000000001/rejet')).status).toBe(404);
  });
});

describe('the clock of the demonstration', () => {
  test('is told, and moved forward once all that is due by then has run', async () => {
    expect(await (await get('/demo/horloge')).json()).toEqual({ now: '2026-11-20T15:00:00.000Z' });
    const moved = await post('/demo/horloge', { avance: 'P1DT2H' });
    expect(await moved.json()).toEqual({ now: '2026-11-21T17:00:00.000Z' });
    expect(caughtUp).toEqual([new Date('2026-11-21T17:00:00Z')]);
    expect(clock.sessionNow().toISOString()).toBe('2026-11-20T15:00:00.000Z');
    expect((await post('/demo/horloge', { avance: 'P1D'.padEnd(100_000) })).status).toBe(413);
    await post('/demo/horloge', { avance: 'P1D', sessions: true });
    expect(clock.sessionNow().toISOString()).toBe('2026-11-21T15:00:00.000Z');
  });

  test.each([{}, { avance: '-P1D' }, { avance: 'demain' }, { avance: 'P1D', recule: true }, null])('%j does not move it', async (body) => {
    expect((await post('/demo/horloge', body)).status).toBe(400);
    expect(caughtUp).toEqual([]);
  });
});

describe('/demo/* is ours alone', () => {
  test.each(['http://pirate.example:3000', 'http://127.0.0.1.pirate.example'])('a name that is not ours (%s) finds nothing', async (base) => {
    expect((await site.request(`${base}/demo/courrier.json`)).status).toBe(404);
  });

  test.each(['http://pirate.example', 'null', 'http://127.0.0.1:4000'])('a page of another origin (%s) is refused', async (origin) => {
    expect((await post('/demo/horloge', { avance: 'P1D' }, { origin })).status).toBe(403);
    expect(clock.offset().clock).toBe(0);
  });

  test('our own pages and the host of PLI_URL are served', async () => {
    expect((await post('/demo/horloge', { avance: 'P1D' }, { origin: 'http://127.0.0.1:3000' })).status).toBe(200);
    site = makeSite('https://essai.innovactione.example');
    // A proxy that ends TLS hands the request on in clear.
    expect((await site.request('http://essai.innovactione.example/demo/horloge')).status).toBe(200);
    expect((await site.request('http://essai.innovactione.example:8080/demo/horloge')).status).toBe(404);
  });

  test('without the demonstration nothing is here', async () => {
    site = makeSite(undefined, false);
    for (const path of ['/demo/courrier', '/demo/courrier.json', '/demo/horloge']) expect((await get(path)).status).toBe(404);
    expect((await post('/demo/horloge', { avance: 'P1D' })).status).toBe(404);
  });
});
