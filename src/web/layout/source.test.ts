import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { isNear, sourceOf } from './source.ts';
import type { WebContext } from './web.ts';

async function source(peer: string, forwarded: string, trusted: string[]): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(sourceOf(c as unknown as WebContext, trusted))); // only the header and the peer are read
  const answer = await app.request('/', { headers: forwarded ? { 'x-forwarded-for': forwarded } : {} }, { incoming: { socket: { remoteAddress: peer } } });
  return answer.text();
}

test.each([
  ['198.51.100.9', '', [], '198.51.100.9'],
  ['198.51.100.9', '203.0.113.7', [], '198.51.100.9'],
  ['10.0.0.2', '203.0.113.7', ['10.0.0.0/8'], '203.0.113.7'],
  ['10.0.0.2', '192.0.2.1, 203.0.113.7, 10.1.1.1', ['10.0.0.0/8'], '203.0.113.7'],
  ['10.0.0.2', 'unknown', ['10.0.0.2'], '10.0.0.2'],
  ['::ffff:198.51.100.9', '', [], '198.51.100.9'],
  ['2001:db8:1:2:3:4:5:6', '', [], '2001:db8:1:2::/64'],
  ['2001:db8::6', '', [], '2001:db8:0:0::/64'],
  ['::1', '203.0.113.7', ['::1'], '203.0.113.7'],
])('a request from %s saying %j, with proxies %j, comes from %s', async (peer, forwarded, trusted, expected) => {
  expect(await source(peer, forwarded, trusted)).toBe(expected);
});

test.each([
  ['127.0.0.1', {}, [], true],
  ['::1', {}, [], true],
  ['::ffff:127.0.0.1', {}, [], true],
  ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, [], false],
  ['10.0.0.2', { 'x-forwarded-for': '10.0.0.3' }, ['10.0.0.0/8'], false],
  ['127.0.0.1', { via: '1.1 proxy' }, [], false],
  ['10.0.0.2', {}, ['10.0.0.0/8'], true],
  ['10.0.0.2', {}, [], false],
  ['203.0.113.7', {}, ['10.0.0.0/8'], false],
])('a request from %s with %j, trusting %j: near is %s', async (peer, headers, trusted, near) => {
  const app = new Hono().get('/', (c) => c.json(isNear(c as unknown as WebContext, trusted))); // only the headers and the peer are read
  expect(await (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: peer } } })).json()).toBe(near);
});
