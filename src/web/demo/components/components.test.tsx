import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { parse } from 'node-html-parser';
import { afterEach, expect, test, vi } from 'vitest';
import type { Web } from '#web/layout/web.ts';
import { frameApp } from '../../../../tests/support/frame.ts';
import { componentRoutes } from '../components-routes.tsx';

type Component = { file: string; name: string; module: Record<string, () => unknown> };

/** Whatever a file of the kit exports under a capital letter, read from the folder: one that is added tomorrow is looked for as well. */
async function componentsOfTheKit(): Promise<Component[]> {
  const kit = join(import.meta.dirname, '..', '..', 'kit');
  const files = readdirSync(kit).filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'));
  const modules = await Promise.all(files.map(async (file) => ({ file, module: await import(join(kit, file)) })));
  return modules.flatMap(({ file, module }) => Object.keys(module).flatMap((name) => (/^[A-Z]/u.test(name) ? [{ file, name, module }] : [])));
}

const routes = new Hono<Web>().route('/', componentRoutes());
const pageIn = async (language: string) => (await frameApp({ routes }).request('/demo/composants', { headers: { 'accept-language': language } })).text();

afterEach(() => void vi.restoreAllMocks());

test('every component of the kit is drawn on the page of components', async () => {
  const components = await componentsOfTheKit();
  const drawn = components.map(({ file, module, name }) => ({ file, name, spy: vi.spyOn(module, name) }));
  await pageIn('fr-CA');
  const missing = drawn.filter(({ spy }) => !spy.mock.results.some(({ value }) => value !== null && String(value) !== ''));
  expect(missing.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  expect(components.length).toBeGreaterThan(30);
});

test('its sections have headings and are listed on top, no id is there twice, in both languages', async () => {
  for (const [language, title] of [
    ['fr-CA', 'Composants'],
    ['en', 'Components'],
  ] as const) {
    const page = parse(await pageIn(language));
    expect(page.querySelector('h1')?.text).toBe(title);
    const listed = page.querySelectorAll('.shown__contents a').map((link) => link.getAttribute('href'));
    expect(listed).toEqual(page.querySelectorAll('section.showcase').map((section) => `#${section.id}`));
    for (const section of page.querySelectorAll('section.showcase')) expect(section.querySelector('h2')?.text, section.id).toBeTruthy();
    const ids = page.querySelectorAll('[id]').map(({ id }) => id);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  }
});

test('its forms lead back to it and say that nothing was sent', async () => {
  const site = frameApp({ routes });
  const page = parse(await (await site.request('/demo/composants')).text());
  expect(new Set(page.querySelectorAll('main form').map((form) => form.getAttribute('action')))).toEqual(new Set(['/demo/composants']));
  const sent = await site.request('/demo/composants', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams({ a: 'b' }) });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/demo/composants']);
});
