import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssets, unbuiltAssets } from './assets.ts';
import { staticFiles } from './static-files.ts';

function built() {
  const folder = mkdtempSync(join(tmpdir(), 'pli-assets-'));
  const files = { 'app-ABC.js': 'plain', 'app-ABC.js.br': 'as brotli', 'app-ABC.js.gz': 'as gzip', 'manifest.json': '{"app.js":"app-ABC.js"}' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return loadAssets(folder);
}

test('pages name the hashed files of the build', () => {
  expect(built().page.script).toBe('/statique/app-ABC.js');
  expect(loadAssets('/nulle/part')).toBe(unbuiltAssets);
});

test('a built file is kept for ever, in the best form the browser accepts', async () => {
  const app = staticFiles(built());
  const brotli = await app.request('/statique/app-ABC.js', { headers: { 'accept-encoding': 'gzip, br' } });
  expect([await brotli.text(), brotli.headers.get('content-encoding'), brotli.headers.get('content-type')]).toEqual([
    'as brotli',
    'br',
    'text/javascript; charset=utf-8',
  ]);
  expect(brotli.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await (await app.request('/statique/app-ABC.js')).text()).toBe('plain');
});

test('nothing but built files is served', async () => {
  const app = staticFiles(built());
  for (const path of ['/statique/manifest.json', '/statique/app-ABC.js.br', '/statique/..%2Fpackage.json', '/statique/'])
    expect((await app.request(path)).status).toBe(404);
});
