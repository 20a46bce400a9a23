import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { trusted } from '#web/kit/html.ts';
import { compressedPage } from './compressed-page.ts';

const read = (compressed: Uint8Array) => gunzipSync(compressed).toString();
const paragraphs = Array.from({ length: 400 }, (_, n) => `<p>Dossier n° ${n} – « reçu » ✉</p>`).join('');

test('a page reads the same compressed whole, and with an end that is compressed once for many pages', () => {
  const shapes = trusted('<svg><symbol id="i-mail"><path d="m22 7-8.991 5.727"/></symbol></svg>');
  for (const text of ['', '<p>Boîte</p>', paragraphs]) {
    const page = `<!doctype html>${text}${shapes}</body></html>`;
    expect(read(compressedPage(page, undefined))).toBe(page);
    expect(read(compressedPage(page, shapes))).toBe(page);
    expect(read(compressedPage(page, shapes))).toBe(page);
  }
});

test('what does not end on the piece that is said to be its end is compressed whole', () => {
  const page = `<!doctype html>${paragraphs}</body></html>`;
  expect(read(compressedPage(page, trusted('<svg></svg>')))).toBe(page);
});

test('text in common with the shapes makes no page shorter: neither part looks into the other', () => {
  const shapes = trusted('<svg><symbol id="i-mail"><path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/></symbol></svg>');
  const withText = (text: string) => compressedPage(`<!doctype html><p>${text}</p>${shapes}</body></html>`, shapes).length;
  const apart = withText('1q 8w-9.002 6.838b3 1 3 1 2 0-1.003 3M2 8');
  expect(withText('m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7')).toBeGreaterThan(apart - 8);
});
