import { Hono } from 'hono';
import type { Assets, BuiltFile } from './assets.ts';

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** `/statique/<hashed name>`: the browser files, in memory, precompressed, kept for ever by those who fetched them. */
export function staticFiles(assets: Assets): Hono {
  return new Hono().get('/statique/:name', (c) => {
    const name = c.req.param('name');
    const file = assets.files.get(name);
    if (!file) return c.notFound();
    const { body, encoding } = best(file, c.req.header('accept-encoding') ?? '');
    if (encoding) c.header('Content-Encoding', encoding);
    c.header('Content-Type', types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    c.header('Vary', 'Accept-Encoding');
    return c.body(new Uint8Array(body));
  });
}

function best(file: BuiltFile, accepted: string): { body: Buffer; encoding: string | undefined } {
  if (file.br && /\bbr\b/.test(accepted)) return { body: file.br, encoding: 'br' };
  if (file.gzip && /\bgzip\b/.test(accepted)) return { body: file.gzip, encoding: 'gzip' };
  return { body: file.body, encoding: undefined };
}
