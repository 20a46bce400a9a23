import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignedInCtx } from '#context';
import { postMessage } from '#domain/conversations/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { endOtherSessions } from '#domain/sign-in/api.ts';
import { type Listening, listen } from '#platform/http/listen.ts';
import { openRealtime, type Realtime } from '#platform/realtime/open-realtime.ts';
import { livePath } from '#shared/live.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { quietLog } from '../../../tests/support/quiet-log.ts';
import { makeSite, type TestSite } from '../../../tests/support/site.ts';

// On a real socket, with the real line through PostgreSQL.
let world: Innovactione;
let live: Realtime;
let site: TestSite;
let server: Listening;

beforeEach(async () => {
  world = await makeInnovactione();
  live = await openRealtime({ db: world.database.db, url: world.database.url, log: quietLog });
  site = await makeSite(world, live.listen);
  server = await listen({ host: '127.0.0.1', port: 0, fetch: site.fetch, log: quietLog });
});
afterEach(async () => {
  site.streams.close();
  await server.close();
  await live.close();
  await world.dispose();
});

/** Opens a stream; what is given back waits for the first thing told, and answers when it came. */
async function watch(cookie: string): Promise<() => Promise<number>> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${livePath}`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  const reader = answer.body?.getReader();
  return async () => {
    for (let text = ''; !text.includes('event:'); ) {
      const part = await reader?.read();
      if (!part || part.done) throw new Error('The stream ended');
      text += new TextDecoder().decode(part.value);
    }
    return performance.now();
  };
}

async function cookieOf(profileId: string): Promise<string> {
  const { cookies } = await site.browserOf(profileId);
  return `pli-session=${cookies.get('pli-session')}`;
}

async function post(ctx: SignedInCtx, conversationId: string) {
  const personaId = world.marie.personaId;
  return done(await postMessage(ctx, { conversationId, personaId, message: 'Bonjour.', uploadIds: [], postKey: ctx.newId() }));
}

test('200 open screens know of a post within a second, 95 times in 100; Pli then stops at once', async () => {
  const readers = Array.from({ length: 20 }, (_, n) => `lecteur-${n}@courriel.example`);
  const profiles = [];
  for (const address of readers) profiles.push(done(await createProfile(world.ctx, { displayName: 'Lecteur', addresses: [address] })).profileId);
  const marie = { ...(await world.as(world.marie.profileId)), live };
  const id = await converse(marie, world.marie.personaId, { participants: readers });
  const cookies = await Promise.all(profiles.flatMap((profileId) => Array.from({ length: 10 }, () => cookieOf(profileId))));
  const screens = await Promise.all(cookies.map(watch));
  expect(site.streams.count()).toBe(200);
  const heard = Promise.all(screens.map((screen) => screen()));
  await post(marie, id);
  const committed = performance.now();
  const waits = (await heard).map((at) => at - committed).sort((a, b) => a - b);
  process.stdout.write(`200 screens: p50 ${Math.round(waits[100] ?? 0)} ms, p95 ${Math.round(waits[190] ?? 0)} ms after the post was acknowledged\n`);
  expect(waits[190]).toBeLessThan(1_000);

  const stopping = performance.now();
  site.streams.close();
  await server.close();
  expect(performance.now() - stopping).toBeLessThan(2_000);
}, 60_000);

test('a reader who takes nothing costs no memory; taking again, it reads to the end', async () => {
  const cookie = await cookieOf(world.jean.profileId);
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`GET ${livePath} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`);
  await vi.waitFor(() => expect(site.streams.count()).toBe(1));
  socket.pause();
  const told = { personaIds: [world.jean.personaId], kind: 'activities' } as const;
  const marie = await world.as(world.marie.profileId);
  const before = process.memoryUsage().heapUsed;
  // Each round lets the server write what it can: much more than sockets hold.
  for (let round = 0; round < 200; round++) {
    await Promise.all(Array.from({ length: 50 }, () => live.record(world.ctx.db, { ...told, subjectId: marie.newId(), at: marie.now() })));
    live.flush();
  }
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(64);
  await endOtherSessions(await world.as(world.jean.profileId));
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
  });
  socket.resume();
  await vi.waitFor(() => expect(received.endsWith('\r\n0\r\n\r\n')).toBe(true), { timeout: 5_000 });
  expect(site.streams.count()).toBe(0);
  socket.destroy();
}, 60_000);
