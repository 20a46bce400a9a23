import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Listening, listen } from '#platform/http/listen.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { exchange } from './raw.ts';

let server: Listening;
/** What came to the application, in order. */
let reached: string[];

const record = async (asked: Request) => {
  const { pathname } = new URL(asked.url);
  const body = await asked.text().catch(() => '(cut)');
  reached.push(`${asked.method} ${pathname} ${body}`.trim());
  return new Response(`answer to ${pathname}`);
};

beforeEach(async () => {
  reached = [];
  server = await listen({ host: '127.0.0.1', port: 0, fetch: record, log: quietLog });
});
afterEach(() => server.close());

const stolen = 'GET /vole HTTP/1.1\r\nHost: x\r\n\r\n';
const post = (headers: string, body: string) => `POST /un HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
const chunked = (size: string, body = `GET /v\r\n0\r\n\r\n${stolen}`) => post('Transfer-Encoding: chunked', `${size}\r\n${body}`);

/** What two programs may read differently: a proxy sees one request, and Pli must not see two. */
const smuggled: Record<string, string> = {
  'Content-Length and chunked': post('Content-Length: 6\r\nTransfer-Encoding: chunked', `0\r\n\r\n${stolen}`),
  'chunked and Content-Length': post('Transfer-Encoding: chunked\r\nContent-Length: 4', `5c\r\n${stolen}0\r\n\r\n`),
  'two Content-Length': post(`Content-Length: 0\r\nContent-Length: ${stolen.length}`, stolen),
  'two Content-Length alike': post('Content-Length: 0\r\nContent-Length: 0', stolen),
  'Content-Length twice in a line': post('Content-Length: 0, 0', stolen),
  'Content-Length with a sign': post('Content-Length: +0', stolen),
  'Content-Length below nothing': post('Content-Length: -1', stolen),
  'Content-Length in hexadecimal': post('Content-Length: 0x0', stolen),
  'Content-Length with an exponent': post('Content-Length: 0e1', stolen),
  'Content-Length of two numbers': post('Content-Length: 0 0', stolen),
  'Content-Length of nothing': post('Content-Length: ', stolen),
  'Content-Length past all numbers': post('Content-Length: 18446744073709551616', stolen),
  'a space before the colon': post(`Content-Length : ${stolen.length}`, stolen),
  'chunked after a space': post('Transfer-Encoding : chunked\r\nContent-Length: 5', `0\r\n\r\n${stolen}`),
  'chunked and something after': post('Transfer-Encoding: chunked, identity\r\nContent-Length: 5', `0\r\n\r\n${stolen}`),
  'nearly chunked': post('Transfer-Encoding: xchunked', `0\r\n\r\n${stolen}`),
  'chunked after a vertical tab': post('Transfer-Encoding: \x0bchunked\r\nContent-Length: 5', `0\r\n\r\n${stolen}`),
  'chunked between quotes': post('Transfer-Encoding: "chunked"\r\nContent-Length: 5', `0\r\n\r\n${stolen}`),
  'two Transfer-Encoding': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: cow', `0\r\n\r\n${stolen}`),
  'Transfer-Encoding folded': post('Transfer-Encoding:\r\n chunked\r\nContent-Length: 5', `0\r\n\r\n${stolen}`),
  'chunked in HTTP/1.0': `POST /un HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${stolen}`,
  'a header folded': `GET /un HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n b\r\n\tc\r\n ${stolen}`,
  'a header hidden by a carriage return': `GET /un HTTP/1.1\r\nHost: x\r\nX: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${stolen}`,
  'a header with a NUL': `GET /un HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n${stolen}`,
  'a header without a name': `GET /un HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n${stolen}`,
  'line feeds alone': `POST /un HTTP/1.1\nHost: x\nContent-Length: 0\n\n${stolen.replaceAll('\r\n', '\n')}`,
  'line feeds alone at the end of the headers': `POST /un HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\n${stolen}`,
  'a chunk size with 0x': chunked('0x6'),
  'a chunk size with a sign': chunked('+6'),
  'a chunk size below nothing': chunked('-6'),
  'a chunk size after a space': chunked(' 6'),
  'a chunk size past all numbers': chunked('ffffffffffffffff6'),
  'a chunk size ended by a line feed': post('Transfer-Encoding: chunked', `6\nGET /v\r\n0\r\n\r\n${stolen}`),
  'a chunk longer than it says': chunked('3'),
  'a chunk not ended': post('Transfer-Encoding: chunked', `6\r\nGET /vXX0\r\n\r\n${stolen}`),
  'a chunk extension ended by a line feed': post('Transfer-Encoding: chunked', `0;a\n\r\n${stolen}`),
  'a chunk extension of a megabyte': chunked(`6;${'a'.repeat(1_000_000)}`),
  'trailers that are headers': post('Transfer-Encoding: chunked', `0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n${stolen}`),
  'two hosts': `GET /un HTTP/1.1\r\nHost: x\r\nHost: ailleurs.example\r\n\r\n${stolen}`,
  'HTTP/0.9': `GET /un\r\n${stolen}`,
  'HTTP/2 from the start': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${stolen}`,
  'a version that is none': `GET /un HTTP/1.10\r\nHost: x\r\n\r\n${stolen}`,
  'a line in the target': `GET /un HTTP/1.1\nX: y HTTP/1.1\r\nHost: x\r\n\r\n${stolen}`,
};

/** Where the bytes that follow are another request by every reading: two requests one after the other are two. */
const alone = new Set(['trailers that are headers']);

describe('bytes that two programs may read differently', () => {
  test.each(Object.entries(smuggled))('%s: no second request is seen in them', async (name, bytes) => {
    const answer = await exchange(server.port, bytes);
    expect(reached.filter((line) => line.includes('/vole')).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([]);
    expect(answer).not.toContain('answer to /vole');
    if (!alone.has(name)) expect(answer).toMatch(/^HTTP\/1\.1 (?:400|413|431) /);
    expect(await (await fetch(`http://127.0.0.1:${server.port}/ensuite`)).text()).toBe('answer to /ensuite');
  });

  test('a lenient parser, which Node has too, lets several of them through: the same check sees it', async () => {
    const lenient = createServer({ insecureHTTPParser: true }, (incoming, outgoing) => void getRequestListener(record)(incoming, outgoing));
    await new Promise<void>((ready) => lenient.listen(0, '127.0.0.1', ready));
    const { port } = lenient.address() as AddressInfo; // it listens on TCP
    const through: string[] = [];
    for (const [name, bytes] of Object.entries(smuggled)) {
      reached = [];
      await exchange(port, bytes, 100);
      if (reached.some((line) => line.includes('/vole'))) through.push(name);
    }
    lenient.closeAllConnections();
    await new Promise((closed) => lenient.close(closed));
    expect(through.length).toBeGreaterThan(5);
    process.stdout.write(`A lenient parser lets through ${through.length} of ${Object.keys(smuggled).length}.\n`);
  });
});

describe('requests one behind the other', () => {
  test('are answered in their order, each with its own', async () => {
    const get = (path: string, end = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${end}\r\n`;
    const answer = await exchange(
      server.port,
      get('/un') + get('/deux') + post('Content-Length: 5', 'trois') + get('/quatre', 'Connection: close\r\n'),
      10_000,
    );
    expect([...answer.matchAll(/answer to (\/(?:un|deux|quatre))/g)].map(([, path]) => path)).toEqual(['/un', '/deux', '/un', '/quatre']);
    expect(reached.toSorted()).toEqual(['GET /deux', 'GET /quatre', 'GET /un', 'POST /un trois']);
  });

  test('a GET’s body is its own, and no request', async () => {
    await exchange(server.port, `GET /un HTTP/1.1\r\nHost: x\r\nContent-Length: ${stolen.length}\r\n\r\n${stolen}`);
    expect(reached.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['GET /un']);
  });

  test('a thousand of them hold nobody up', async () => {
    const many = exchange(server.port, `${'GET /un HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(999)}GET /un HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 10_000);
    expect((await fetch(`http://127.0.0.1:${server.port}/autre`)).status).toBe(200);
    expect((await many).match(/answer to/g)).toHaveLength(1000);
  });
});
