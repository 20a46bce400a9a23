import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { frameApp, installation, jean, pageOf, textOf } from '../../../tests/support/frame.ts';
import { errorPage } from './error-pages.tsx';
import { Layout } from './layout.tsx';
import { renderPage } from './render.ts';
import { frameMiddleware } from './view-middleware.ts';
import type { Web } from './web.ts';

const routes = () =>
  new Hono<Web>()
    .get('/page', (c) => renderPage(c, <Layout view={c.get('view')} title="Page" />))
    .get('/panne', () => {
      throw new Error('le disque est plein');
    })
    .post('/geste', (c) => c.text('fait'));

describe('headers', () => {
  test('every response, errors included, carries the policy without inline code', async () => {
    const app = frameApp({ routes: routes() });
    for (const path of ['/page', '/absente', '/panne']) {
      const { headers } = await app.request(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  test('over https browsers are told to stay there, and cookies are bound to the host', async () => {
    const app = frameApp({ routes: routes(), installation: { origin: 'https://pli.example' } });
    const { headers } = await app.request('http://127.0.0.1/page?lang=en');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('set-cookie')).toMatch(/^__Host-pli-langue=en;.*Secure/);
  });
});

describe('requests from elsewhere', () => {
  const ask = async (url: string, headers: Record<string, string>, origin?: string) =>
    (await frameApp({ routes: routes(), installation: { origin } }).request(url, { method: 'POST', headers })).status;

  test('an unsafe method passes from our own pages only', async () => {
    expect(await ask('http://localhost:3000/geste', { 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await ask('http://127.0.0.1:3000/geste', { origin: 'http://127.0.0.1:3000' })).toBe(200);
    expect(await ask('http://localhost:3000/geste', { 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await ask('http://localhost:3000/geste', { 'sec-fetch-site': 'cross-site', origin: 'https://mechant.example' })).toBe(403);
    expect(await ask('http://localhost:3000/geste', { origin: 'null' })).toBe(403);
    expect(await ask('http://localhost:3000/geste', {})).toBe(403);
  });

  test('with PLI_URL its origin alone counts; without it a Host that is not loopback proves nothing', async () => {
    expect(await ask('http://10.0.0.5:3000/geste', { origin: 'https://pli.example' }, 'https://pli.example')).toBe(200);
    expect(await ask('http://10.0.0.5:3000/geste', { origin: 'http://10.0.0.5:3000' }, 'https://pli.example')).toBe(403);
    expect(await ask('http://mechant.example/geste', { 'sec-fetch-site': 'same-origin', origin: 'http://mechant.example' })).toBe(403);
  });
});

describe('pages of errors', () => {
  test('an absent page says neither that it is absent nor that it is forbidden, in both languages', async () => {
    const app = frameApp({ actor: jean, routes: routes() });
    const french = await app.request('/connexion/inconnue');
    expect(french.status).toBe(404);
    expect(textOf((await pageOf(french)).querySelector('h1'))).toBe('Page introuvable');
    expect(textOf((await pageOf(await app.request('/absente?lang=en'))).querySelector('h1'))).toBe('Page not found');
  });

  test('a breakdown is logged once under the reference that is shown, with the time and the support contact', async () => {
    const logged: { reference?: string; error?: unknown }[] = [];
    const answer = await frameApp({ routes: routes(), log: (fields) => logged.push(fields) }).request('/panne');
    expect(answer.status).toBe(500);
    const text = textOf((await pageOf(answer)).querySelector('main'));
    const [reference] = text.match(/PLI-[2-9A-Z]{4}-\d\d/) ?? [];
    expect(logged.map((fields) => fields.reference)).toEqual([reference]);
    // The error itself: the log knows what may be written of it.
    expect(logged[0]?.error).toBeInstanceOf(Error);
    expect(text).toContain('21 nov., 2026 – 17:00:00 HNE');
    expect(text).toContain('1 819 555-0142');
    expect(text).not.toContain('disque');
  });
});

describe('before the session', () => {
  test('a breakdown there has its page too, in the language of the browser, and its line in the log', async () => {
    const logged: object[] = [];
    const app = new Hono<Web>();
    app.use(frameMiddleware(installation));
    app.use(() => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })));
    const line = (fields: object) => logged.push(fields);
    app.onError((error, c) => errorPage(c, error, { info: line, warn: line, error: line }));
    const answer = await app.request('/connexion', { headers: { 'accept-language': 'en' } });
    expect([answer.status, answer.headers.get('retry-after'), logged.length]).toEqual([503, '30', 1]);
    expect(textOf((await pageOf(answer)).querySelector('h1'))).toBe('Service interrupted for a moment');
  });
});

describe('compression', () => {
  const encoding = async (headers: Record<string, string>) =>
    (await frameApp({ actor: jean, routes: routes() }).request('/page', { headers })).headers.get('content-encoding');

  test('a page is compressed for a browser that asks on its own account', async () => {
    const answer = await frameApp({ actor: jean, routes: routes() }).request('/page', { headers: { 'accept-encoding': 'br, gzip', 'sec-fetch-site': 'none' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toContain('Accept-Encoding');
    expect(gunzipSync(await answer.arrayBuffer()).toString('utf8')).toMatch(/^<!doctype html><html lang="fr-CA"/);
  });

  test('never when another site provoked the request, nor when it is not wanted', async () => {
    expect(await encoding({ 'accept-encoding': 'gzip', 'sec-fetch-site': 'cross-site' })).toBeNull();
    expect(await encoding({ 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-site' })).toBeNull();
    expect(await encoding({ 'accept-encoding': 'gzip;q=0, br' })).toBeNull();
    expect(await encoding({})).toBeNull();
  });
});
