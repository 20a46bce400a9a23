import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Listening, listen } from '#platform/http/listen.ts';
import { frameApp } from '../../../tests/support/frame.ts';
import { unreadableAddress, unreadableAddressPage } from './error-pages.tsx';
import { readForm, smallForm } from './form.ts';
import type { Web } from './web.ts';

let server: Listening;
let begun: PromiseWithResolvers<void>;
const logged: string[] = [];
const note = (level: string) => (_: object, text: string) => void logged.push(`${level}: ${text}`);
const log = { info: note('info'), warn: note('warn'), error: note('error') };

beforeEach(async () => {
  logged.length = 0;
  begun = Promise.withResolvers();
  const routes = new Hono<Web>()
    .post('/geste', smallForm, async (c) => {
      begun.resolve();
      return c.text((await readForm(c))('nom'));
    })
    .get('/panne', () => Promise.reject(new Error('le disque est plein')))
    .all(unreadableAddress, (c) => unreadableAddressPage(c));
  const app = frameApp({ routes, log });
  server = await listen({ host: '127.0.0.1', port: 0, fetch: app.fetch, log, unreadable: unreadableAddress });
});
afterEach(() => server.close());

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a form (%s) that its sender leaves halfway is no breakdown',
  async (type) => {
    const leaving = request({
      port: server.port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/geste',
      headers: { 'Content-Length': '1000', 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' },
    });
    leaving.on('error', () => undefined); // Our own doing.
    leaving.write('nom=Ma');
    await begun.promise;
    leaving.destroy();
    await vi.waitFor(() => expect(logged).toEqual(['info: A request was left before its end']), { timeout: 5_000, interval: 5 });
    await fetch(`http://127.0.0.1:${server.port}/panne`);
    expect(logged).toEqual(['info: A request was left before its end', 'error: A request broke down']);
  },
);

async function answerTo(target: string, language: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  socket.end(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAccept-Language: ${language}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return received;
}

test.each([
  ['//', 404, 'Page introuvable', 'Page not found'],
  ['//x/../..', 404, 'Page introuvable', 'Page not found'],
  ['/\\x', 400, 'Adresse illisible', 'Unreadable address'],
  ['http://[/', 400, 'Adresse illisible', 'Unreadable address'],
])('GET %s is answered by a page in the visitor’s language', async (target, status, french, english) => {
  const answers = [await answerTo(target, 'fr-CA'), await answerTo(target, 'en')];
  expect(answers.map((answer) => answer.split(' ')[1])).toEqual([String(status), String(status)]);
  expect(answers[0]).toContain(`<h1>${french}</h1>`);
  expect(answers[1]).toContain(`<h1>${english}</h1>`);
  for (const answer of answers) expect(answer).toMatch(/content-security-policy: default-src 'none'; script-src 'self'/i);
});
