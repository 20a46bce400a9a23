import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { frameApp, jean, pageOf, textOf } from '../../../tests/support/frame.ts';
import { appearanceRoutes } from './appearance.ts';
import { setFlash } from './flash.ts';
import { preferredLocale } from './language.ts';
import { Layout } from './layout.tsx';
import { renderPage } from './render.ts';
import type { Web } from './web.ts';

const ours = { 'sec-fetch-site': 'same-origin' };
const routes = () =>
  new Hono<Web>()
    .get('/page', (c) => renderPage(c, <Layout view={c.get('view')} title="Page" />))
    .post('/geste', (c) => {
      setFlash(c, 'success', 'kit.files.remove', { file: '<b>plan</b>' });
      return c.redirect('/page', 303);
    })
    .route('/', appearanceRoutes());

describe('language', () => {
  test('Accept-Language chooses, French being that of Québec unless France is named', () => {
    expect(preferredLocale('fr')).toBe('fr-CA');
    expect(preferredLocale('fr-BE, en;q=0.5')).toBe('fr-CA');
    expect(preferredLocale('fr-FR,fr;q=0.9,en;q=0.8')).toBe('fr-FR');
    expect(preferredLocale('de, en-GB;q=0.7, fr;q=0.3')).toBe('en');
    expect(preferredLocale('de')).toBe('fr-CA');
    expect(preferredLocale(`${'x,'.repeat(5000)};;q=z`)).toBe('fr-CA');
  });

  test('?lang= is obeyed at once, remembered, and links lead to the same page in the other language', async () => {
    const app = frameApp({ actor: jean, routes: routes() });
    const english = await app.request('/page?a=1&lang=en');
    const cookie = english.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pli-langue=en; .*HttpOnly; SameSite=Lax/);
    const page = await pageOf(english);
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(page.querySelector('footer a[hreflang]')?.getAttribute('href')).toBe('/page?a=1&lang=fr-CA');
    const later = await pageOf(await app.request('/page', { headers: { cookie: cookie.split(';')[0] ?? '', 'accept-language': 'fr' } }));
    expect(later.querySelector('html')?.getAttribute('lang')).toBe('en');
  });
});

describe('appearance', () => {
  test('POST /apparence reads no more than a form of a few lines', async () => {
    const answer = await frameApp({ routes: routes() }).request('/apparence', {
      method: 'POST',
      headers: ours,
      body: new URLSearchParams({ theme: 'x'.repeat(100_000) }),
    });
    expect(answer.status).toBe(413);
  });

  test('POST /apparence keeps the choice, goes back to the page one was on, and the server writes it', async () => {
    const app = frameApp({ actor: jean, routes: routes() });
    const answer = await app.request('/apparence', { method: 'POST', headers: ours, body: new URLSearchParams({ theme: 'dark', retour: '/page?a=1' }) });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/page?a=1']);
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const page = await pageOf(await app.request('/page', { headers: { cookie } }));
    expect(page.querySelector('html')?.getAttribute('data-theme')).toBe('dark');
  });

  test('it never leads to another site', async () => {
    const body = new URLSearchParams({ theme: 'dark', retour: '//mechant.example' });
    expect((await frameApp({ routes: routes() }).request('/apparence', { method: 'POST', headers: ours, body })).headers.get('location')).toBe('/');
  });
});

describe('the sentence kept over a redirect', () => {
  test('is shown once as a status «Succès», its values as text', async () => {
    const app = frameApp({ actor: jean, routes: routes() });
    const act = await app.request('/geste', { method: 'POST', headers: ours });
    const cookie = (act.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const shown = await app.request('/page', { headers: { cookie } });
    expect(shown.headers.get('set-cookie')).toContain('pli-message=;');
    expect(textOf((await pageOf(shown)).querySelector('[role=status]'))).toBe('Succès Retirer <b>plan</b>');
  });

  test('what is not ours is not shown', async () => {
    const forged = Buffer.from(JSON.stringify(['success', 'constructor', {}])).toString('base64url');
    for (const value of [forged, 'x', Buffer.from('[1]').toString('base64url')]) {
      const page = await pageOf(await frameApp({ routes: routes() }).request('/page', { headers: { cookie: `pli-message=${value}` } }));
      expect(page.querySelector('[role=status]')).toBeNull();
    }
  });
});
