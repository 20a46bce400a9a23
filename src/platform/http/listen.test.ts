import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Log } from '#platform/log/log.ts';
import { type Listening, listen } from './listen.ts';

let server: Listening;
let answers: (request: Request) => Response | Promise<Response>;
const errors: string[] = [];
const log: Log = { info: () => undefined, warn: () => undefined, error: (_, text) => errors.push(text) };

beforeEach(async () => {
  errors.length = 0;
  answers = () => new Response('fine');
  server = await listen({ host: '127.0.0.1', port: 0, fetch: (asked) => answers(asked), log });
});
afterEach(() => server.close());

/** Sends bytes as they are and gives back the first line of the answer. */
async function send(bytes: string): Promise<string | undefined> {
  const socket = connect(server.port, '127.0.0.1').setEncoding('latin1');
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  socket.on('error', () => undefined); // A reset is an answer too.
  socket.end(Buffer.from(bytes, 'latin1'));
  await once(socket, 'close');
  return received.split('\r\n')[0];
}

const fine = () => fetch(`http://127.0.0.1:${server.port}/`).then((answer) => answer.text());

test.each([
  ['GET // HTTP/1.1\r\nHost: pli.example\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (200|400)/],
  ['GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
  ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
  ['GET http://[/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
  ['GET /\\x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
  ['\x16\x03\x01\x02\x00\x01\x00garbage\r\n\r\n', /^HTTP\/1\.1 400/],
  [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
  ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', /^HTTP\/1\.1 400/],
  ['GET /%00%ff%ed%a0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 200/],
])('%j is answered and the server goes on', async (bytes, answer) => {
  expect(await send(bytes)).toMatch(answer);
  expect(await fine()).toBe('fine');
});

test('an error that escapes is a 500, logged', async () => {
  answers = () => Promise.reject(new Error('lost'));
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(500);
  expect(errors).toEqual(['an error escaped the application']);
});

test('closing lets a request finish, takes no other, and does not wait for idle connections', async () => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  answers = async () => {
    begun.resolve();
    await finish.promise;
    return new Response('finished');
  };
  const idle = connect(server.port, '127.0.0.1');
  await once(idle, 'connect');
  const slow = fetch(`http://127.0.0.1:${server.port}/`).then((answer) => answer.text());
  await begun.promise;
  const closing = server.close();
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  finish.resolve();
  expect(await slow).toBe('finished');
  await closing;
});

test('closing answers what is on its way on a connection that was silent, and tells it and those under way that it was the last', async () => {
  const finish = Promise.withResolvers<void>();
  answers = async (asked) => {
    if (asked.url.endsWith('/slow')) await finish.promise;
    return new Response('fine');
  };
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: pli.example\r\n\r\n`;
  const [silent, slow] = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
  silent.write(get('/'));
  const [first] = await once(silent.setEncoding('latin1'), 'data');
  expect(first).toMatch(/^Connection: keep-alive\r$/im);
  slow.write(get('/slow'));
  const closing = server.close();
  silent.write(get('/'));
  const [last] = await once(silent, 'data');
  expect(last).toMatch(/^HTTP\/1\.1 200[\s\S]*^Connection: close\r$/im);
  finish.resolve();
  const [other] = await once(slow.setEncoding('latin1'), 'data');
  expect(other).toMatch(/^HTTP\/1\.1 200[\s\S]*^Connection: close\r$/im);
  await closing;
});

test('a client that leaves in the middle of its request does no harm', async () => {
  answers = async (asked) => new Response(await asked.text());
  const leaving = request({ port: server.port, host: '127.0.0.1', method: 'POST', headers: { 'Content-Length': '1000' } });
  leaving.on('error', () => undefined); // Our own doing.
  leaving.write('half');
  await once(leaving, 'socket');
  leaving.destroy();
  answers = () => new Response('fine');
  expect(await fine()).toBe('fine');
});
