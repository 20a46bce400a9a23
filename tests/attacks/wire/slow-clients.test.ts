import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { type Fetch, type Limits, type Listening, listen } from '#platform/http/listen.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../support/people.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { makeSite, type TestSite } from '../../support/site.ts';
import { closedAfter, opened } from './raw.ts';

/** As many slow clients at once. */
const many = 100;
/** Of a file each: the system takes some megabytes for every one of them before it stops. */
const readers = 40;
/** The usual limits, a hundred times shorter: what is measured is that they hold. */
const short = { headersTimeout: 400, checkEvery: 50, silence: 1200, bodyPatience: 500, bodyBytesPerSecond: 500 } as const;
/** What a busy machine may add to a time. */
const lateBy = 5_000;

let world: Innovactione;
let site: TestSite;
let server: Listening;
let cookie: string;
let clients: Socket[];
/** How each download ended, on our side of the line. */
let ends: ('whole' | 'dropped')[];

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  clients = [];
  ends = [];
  const marie = await site.browserOf(world.marie.profileId);
  cookie = `pli-session=${marie.cookies.get('pli-session')}`;
  await serve(short);
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  site.streams.close();
  await server.close();
  await world.dispose();
});

async function serve(limits: Partial<Limits>): Promise<void> {
  await server?.close();
  const fetch: Fetch = (request, env) => {
    if (request.url.includes('/pieces/')) env.outgoing.once('close', () => ends.push(env.outgoing.writableFinished ? 'whole' : 'dropped'));
    return site.fetch(request, env);
  };
  server = await listen({ host: '127.0.0.1', port: 0, fetch, log: quietLog, limits });
}

async function clientsSaying(text: (n: number) => string): Promise<Socket[]> {
  const all = await Promise.all(Array.from({ length: many }, () => opened(server.port)));
  clients.push(...all);
  for (const [n, socket] of all.entries()) {
    socket.resume();
    socket.write(text(n));
  }
  return all;
}

/** Others meanwhile: a page with its SQL, within the time a person waits. */
async function othersAreServed(withinMs = lateBy): Promise<void> {
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}/connexion`, { headers: { cookie } });
  expect([answer.status, (await answer.text()).includes('</html>')]).toEqual([200, true]);
  expect(performance.now() - begun).toBeLessThan(withinMs);
}

/** Writes a byte again and again for as long as the connection is there. */
function trickle(socket: Socket, byte: string, everyMs: number): void {
  const drops = setInterval(() => (socket.writable ? socket.write(byte) : clearInterval(drops)), everyMs);
  socket.once('close', () => clearInterval(drops));
}

const longest = (times: readonly number[]) => Math.max(...times);
const head = (length: number, type = 'application/x-www-form-urlencoded') =>
  `Host: 127.0.0.1:${server.port}\r\nOrigin: http://127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

describe('a hundred slow clients', () => {
  test.each([
    ['that say nothing', ''],
    ['that never end their headers', 'GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '],
  ])('%s are dropped in their time, and hold nobody up', async (_who, text) => {
    const all = await clientsSaying(() => text);
    if (text !== '') for (const socket of all) trickle(socket, 'a', 50);
    const closing = Promise.all(all.map(closedAfter));
    await othersAreServed();
    expect(longest(await closing)).toBeLessThan(short.headersTimeout + short.checkEvery + lateBy);
  });

  test.each([
    ['a small form', '/profil', 'application/x-www-form-urlencoded', 'nom=M'],
    [
      'a form with a file',
      '/connexion/nouvelle',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="fichiers"; filename="plan.pdf"\r\n\r\nM',
    ],
    ['a draft', '/connexion/nouvelle/brouillon', 'application/x-www-form-urlencoded', 'message=M'],
  ])('that send %s drop by drop are dropped in their time, and hold nobody up', async (_what, path, type, begun) => {
    const all = await clientsSaying(() => `POST ${path} HTTP/1.1\r\n${head(60_000, type)}${begun}`);
    for (const socket of all) trickle(socket, 'a', 50);
    const closing = Promise.all(all.map(closedAfter));
    await othersAreServed();
    expect(longest(await closing)).toBeLessThan(short.bodyPatience + short.checkEvery + lateBy);
    expect(await world.ctx.db.selectFrom('conversations').select('id').execute()).toEqual([]);
    const kept = await world.ctx.db.selectFrom('uploads').select('id').where('state', '=', 'ready').execute();
    expect(kept).toEqual([]);
  });

  test('that fall silent in the middle of a body are dropped in their time', async () => {
    await serve({ ...short, bodyPatience: 60_000 });
    const all = await clientsSaying(() => `POST /profil HTTP/1.1\r\n${head(60_000)}nom=M`);
    await othersAreServed();
    expect(longest(await Promise.all(all.map(closedAfter)))).toBeLessThan(short.silence + lateBy);
  });

  test('that do not read a file of theirs hold neither memory nor anybody, and are dropped in their time', async () => {
    const bytes = 32 * 1024 * 1024;
    const address = await fileOf(bytes);
    const before = process.memoryUsage();
    const all = await Promise.all(Array.from({ length: readers }, () => opened(server.port)));
    clients.push(...all);
    for (const socket of all) {
      socket.pause();
      socket.write(`GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
    }
    // While the system fills what it holds for each of them, then while nothing moves any more.
    await othersAreServed(lateBy * 3);
    await othersAreServed();
    const grown = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before.arrayBuffers - before.heapUsed;
    // Forty times 32 MB is what they asked for.
    expect(grown).toBeLessThan(150 * 1024 * 1024);
    // One that does not read learns of the end when it does: our side of the line tells.
    await expect.poll(() => ends.length, { timeout: short.silence + lateBy * 3 }).toBe(readers);
    expect(new Set(ends)).toEqual(new Set(['dropped']));
  }, 60_000);

  test('without these limits the same clients stay: the same check sees it', async () => {
    await serve({ headersTimeout: 3_600_000, silence: 3_600_000, bodyPatience: 3_600_000 });
    const all = await clientsSaying((n) => (n % 2 ? 'GET /connexion HTTP/1.1\r\nHost: x\r\nX-Slow: ' : `POST /profil HTTP/1.1\r\n${head(60_000)}nom=M`));
    await othersAreServed();
    const first = await Promise.race([...all.map(closedAfter), new Promise<'they stay'>((resolve) => setTimeout(resolve, short.silence * 2, 'they stay'))]);
    expect(first).toBe('they stay');
  });
});

describe('somebody slow who is honest', () => {
  test('is let finish as long as enough comes', async () => {
    const body = `nom=${'M'.repeat(40)}&langue=&fuseau=&theme=auto${'&x=y'.repeat(900)}`;
    const [socket] = [await opened(server.port)];
    clients.push(socket);
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    socket.write(`POST /profil HTTP/1.1\r\n${head(Buffer.byteLength(body))}`);
    for (let from = 0; from < body.length; from += 300) {
      socket.write(body.slice(from, from + 300));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await expect.poll(() => answer.split('\r\n')[0], { timeout: 5_000 }).toBe('HTTP/1.1 303 See Other');
  });
});

/** The address of a file that Marie may have. */
async function fileOf(bytes: number): Promise<string> {
  const asMarie = await world.as(world.marie.profileId);
  const file = {
    profileId: world.marie.profileId,
    name: 'film.bin',
    mediaType: 'application/octet-stream',
    source: Readable.from([randomBytes(bytes)]),
    limit: bytes,
  };
  const { uploadId } = done(await receiveFile(world.ctx, file));
  const id = await converse(asMarie, world.marie.personaId, { uploadIds: [uploadId] });
  return `/connexion/${id}/pieces/${uploadId}?persona=${world.marie.personaId}`;
}
