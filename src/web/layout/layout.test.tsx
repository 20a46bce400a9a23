import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { frameApp, jean, pageOf, textOf } from '../../../tests/support/frame.ts';
import { Layout } from './layout.tsx';
import { initials } from './name-menu.tsx';
import { renderPage } from './render.ts';
import type { Web } from './web.ts';

const routes = () =>
  new Hono<Web>().get('/connexion', (c) =>
    renderPage(
      c,
      <Layout view={c.get('view')} title="Conversations" current="connexion" persona="persona-courriel">
        <h1>Boîte</h1>
      </Layout>,
    ),
  );

describe('the frame around a page', () => {
  test('000-18 000-19 000-20: under Connexion at the left, one tab for each address, with its unread', async () => {
    const page = await pageOf(await frameApp({ actor: jean, routes: routes() }).request('/connexion'));
    const tabs = page.querySelectorAll('.side .sub a');
    expect(tabs.map((tab) => tab.querySelector('.addr')?.text)).toEqual(['jeand@courriel.example', 'jean.dube@atelier.example']);
    expect(tabs.map((tab) => tab.getAttribute('href'))).toEqual(['/connexion?persona=persona-courriel', '/connexion?persona=persona-atelier']);
    expect(tabs[0]?.getAttribute('aria-current')).toBe('page');
    expect(textOf(tabs[0] ?? null)).toContain('non lus');
    expect(textOf(tabs[1] ?? null)).toContain('non lu');
  });

  test('000-23: with one address there is no tab under Connexion', async () => {
    const alone = { ...jean, personas: jean.personas.slice(0, 1) };
    const page = await pageOf(await frameApp({ actor: alone, routes: routes() }).request('/connexion'));
    expect(page.querySelector('.side .sub')).toBeNull();
    expect(page.querySelector('.side [aria-current=page]')?.getAttribute('href')).toBe('/connexion');
  });

  test('001-19: the name menu holds the profile and «Déconnexion», a form of its own', async () => {
    const page = await pageOf(await frameApp({ actor: jean, routes: routes() }).request('/connexion'));
    expect(textOf(page.querySelector('.menu summary[role=button] .name'))).toBe('Jean Dubé');
    expect(textOf(page.querySelector('.menu form[action="/deconnexion"][method=post] button'))).toBe('Déconnexion');
    expect(page.querySelector('.menu a[href="/profil"]')).not.toBeNull();
  });

  test('the document names its language, skips to its content, loads our own files and keeps Turbo from fetching links ahead', async () => {
    const page = await pageOf(await frameApp({ actor: jean, routes: routes() }).request('/connexion?lang=en'));
    expect(page.querySelector('html')?.getAttribute('lang')).toBe('en');
    expect(page.querySelector('body > a.skip')?.getAttribute('href')).toBe('#contenu');
    expect(page.querySelector('main#contenu')).not.toBeNull();
    expect(page.querySelector('meta[name=turbo-prefetch]')?.getAttribute('content')).toBe('false');
    const addresses = page.querySelectorAll('link[href], script[src]').map((tag) => tag.getAttribute('href') ?? tag.getAttribute('src'));
    expect(addresses.every((address) => address?.startsWith('/statique/'))).toBe(true);
    expect(page.querySelectorAll('[style], style, script:not([src])')).toHaveLength(0);
  });

  test('every icon used is in the sprite, and nothing else is', async () => {
    const page = await pageOf(await frameApp({ actor: jean, routes: routes() }).request('/connexion'));
    const used = new Set(page.querySelectorAll('use').map((use) => use.getAttribute('href')?.slice(1)));
    expect(new Set(page.querySelectorAll('symbol').map((symbol) => symbol.id))).toEqual(used);
  });

  test('000-56: the footer gives the support contact with its hours', async () => {
    const page = await pageOf(await frameApp({ routes: routes() }).request('/connexion'));
    expect(textOf(page.querySelector('footer'))).toContain('1 819 555-0142, jour et nuit');
    expect(page.querySelector('footer a[href^="tel:"]')?.getAttribute('href')).toBe('tel:+18195550142');
  });

  test('signed-in pages are stored nowhere', async () => {
    expect((await frameApp({ actor: jean, routes: routes() }).request('/connexion')).headers.get('cache-control')).toBe('no-store');
  });
});

test('initials are those of the first and last names', () => {
  expect(initials('Marie Claire Unetelle')).toBe('MU');
  expect(initials('élodie')).toBe('É');
});
