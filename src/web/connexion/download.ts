import { Readable } from 'node:stream';
import type { Download } from '#domain/conversations/api.ts';
import { filePolicy } from '#web/layout/security-headers.ts';
import type { Web } from '#web/layout/web.ts';

type Range = { start: number; end: number };

/** What a Range header asks of a file (RFC 9110 §14.2): one range, `'whole'` when there is none or it is not one we serve, undefined when it lies outside. */
export function readRange(header: string | undefined, size: number): Range | 'whole' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end && start < size ? { start, end } : undefined;
}

/**
 * Types a browser acts upon: they are given as plain bytes. A script sent as a file is of our own origin, which our policy trusts, and a page
 * sent as a file would be drawn by Turbo when somebody lands on it after signing in: `attachment` and `sandbox` hold neither back.
 */
const active = /html|script|[/+.]xml$|\/(?:css|wasm|x-shockwave-flash)$/iu;

function safeType(mediaType: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/u.test(mediaType) && !active.test(mediaType) ? mediaType : 'application/octet-stream';
}

/** A browser that says what a file is for never gets one to run, to draw or to play inside a page. */
const uses = new Set([
  'script',
  'style',
  'worker',
  'sharedworker',
  'serviceworker',
  'audioworklet',
  'paintworklet',
  'xslt',
  'object',
  'embed',
  'frame',
  'iframe',
]);

export function isForAPage(request: Request): boolean {
  return uses.has(request.headers.get('sec-fetch-dest') ?? '');
}

type Asked = { range: string | undefined; head: boolean; streamed: Web['Bindings']['streamed'] };

/** node:stream/web and the DOM declare the same class twice. */
const asWebStream = (source: Readable) => Readable.toWeb(source) as ReadableStream;

/** The file as an answer: always to be saved, never shown (000-50), with its real name (RFC 6266) and a sandbox of its own. */
export async function sendFile(download: Download, request: Asked): Promise<Response> {
  const { file } = download;
  const headers = new Headers({
    'content-type': safeType(file.mediaType),
    'content-disposition': dispositionOf(file.name),
    'content-security-policy': filePolicy,
    'cache-control': 'private, no-store, no-transform',
    'accept-ranges': 'bytes',
  });
  const range = readRange(request.range, file.size);
  if (range === undefined) {
    headers.set('content-range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.size - 1 } : range;
  headers.set('content-length', String(end - start + 1));
  if (range !== 'whole') headers.set('content-range', `bytes ${start}-${end}/${file.size}`);
  const body = request.head || file.size === 0 ? null : (request.streamed ?? asWebStream)(await download.read(range === 'whole' ? undefined : range));
  return new Response(body, { status: range === 'whole' ? 200 : 206, headers });
}

/** RFC 6266 §4.3 with RFC 8187: an ASCII name for old readers, the real one for the others. */
export function dispositionOf(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .replaceAll(/["\\%]/gu, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii || 'document'}"; filename*=UTF-8''${encoded}`;
}

/** A download counts when somebody asks for the file from its first byte: not a look at its headers, a prefetch or a resumed part (000-40). */
export function isCounted(request: Request): boolean {
  const purpose = `${request.headers.get('sec-purpose') ?? ''} ${request.headers.get('purpose') ?? ''}`;
  const range = request.headers.get('range');
  return request.method === 'GET' && !purpose.includes('prefetch') && (!range || /^bytes=0-/u.test(range));
}
