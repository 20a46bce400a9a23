import { createHash, randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import * as tus from 'tus-js-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postMessage } from '#domain/conversations/api.ts';
import { type Listening, listen } from '#platform/http/listen.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { quietLog } from '../../../tests/support/quiet-log.ts';
import { makeSite, type TestSite } from '../../../tests/support/site.ts';

// The real client, on a real socket, before the whole site.
let world: Innovactione;
let site: TestSite;
let server: Listening;
let marie: { cookie: string; url: string };

const segment = 64 * 1024;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  server = await listen({ host: '127.0.0.1', port: 0, fetch: site.fetch, log: quietLog });
  marie = await browserOf(world.marie.profileId);
});
afterEach(async () => {
  site.streams.close();
  await server.close();
  await world.dispose();
});

async function browserOf(profileId: string) {
  const { cookies } = await site.browserOf(profileId);
  return { cookie: `pli-session=${cookies.get('pli-session')}`, url: `http://127.0.0.1:${server.port}` };
}

type Sending = { by?: typeof marie; url?: string; name?: string; retries?: number[]; chunkSize?: number; uploadUrl?: string; origin?: string };

/** One file through tus-js-client; answers the upload's address once every byte is acknowledged. */
function send(content: Buffer, { by = marie, url = by.url, name = 'relevé.pdf', retries = [0], chunkSize = 4 * segment, uploadUrl, origin }: Sending = {}) {
  return new Promise<string>((resolve, reject) => {
    const upload = new tus.Upload(content, {
      endpoint: `${url}/uploads`,
      ...(uploadUrl ? { uploadUrl } : {}),
      headers: { cookie: by.cookie, origin: origin ?? by.url },
      metadata: { filename: name, filetype: 'application/pdf' },
      chunkSize,
      retryDelays: retries,
      onShouldRetry: () => true,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    });
    upload.start();
  });
}

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer) {
  const all = { cookie: marie.cookie, origin: marie.url, 'tus-resumable': '1.0.0', ...headers };
  return fetch(new URL(path, marie.url), { method, headers: all, ...(body ? { body: new Uint8Array(body) } : {}) });
}

async function create(size: number, headers: Record<string, string> = {}): Promise<string> {
  const answer = await ask('POST', '/uploads', { 'upload-length': String(size), 'upload-metadata': `filename ${btoa('plan.pdf')}`, ...headers });
  expect(answer.status).toBe(201);
  return answer.headers.get('location') ?? '';
}

const patch = (path: string, offset: number, part: Buffer, headers: Record<string, string> = {}) =>
  ask('PATCH', path, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers }, part);

const idOf = (address: string) => address.split('/').at(-1) ?? '';

/** What Jean downloads once it has been posted to him. */
async function downloaded(uploadId: string): Promise<string> {
  const author = await world.as(world.marie.profileId);
  const conversationId = await converse(author, world.marie.personaId);
  const { messageId } = done(
    await postMessage(author, { conversationId, personaId: world.marie.personaId, message: 'Voici.', uploadIds: [uploadId], postKey: author.newId() }),
  );
  const { id } = await world.ctx.db.selectFrom('attachments').select('id').where('message_id', '=', messageId).executeTakeFirstOrThrow();
  const answer = await fetch(`${marie.url}/connexion/${conversationId}/pieces/${id}?persona=${world.marie.personaId}`, { headers: { cookie: marie.cookie } });
  expect(answer.status).toBe(200);
  return sha256(Buffer.from(await answer.arrayBuffer()));
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A line to Pli that can be cut after so many bytes. */
async function cuttableLine(): Promise<{ url: string; cutAfter(bytes: number): void; close(): void }> {
  let left = Number.POSITIVE_INFINITY;
  const open = new Set<Socket>();
  const proxy: Server = createServer((near) => {
    const far = connect(server.port, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy()).pipe(near);
    near.on('data', (chunk: Buffer) => {
      const through = chunk.subarray(0, Math.max(0, left));
      left -= chunk.length;
      far.write(through);
      if (left > 0) return;
      left = Number.POSITIVE_INFINITY;
      for (const socket of [near, far]) socket.resetAndDestroy();
    });
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  const { port } = proxy.address() as { port: number }; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    cutAfter: (bytes) => {
      left = bytes;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}

test('000-49: a file sent by tus is posted with a message, and is what it was', async () => {
  for (const size of [0, 1, segment, segment + 1, 9 * segment + 77]) {
    const content = randomBytes(size);
    expect(await downloaded(idOf(await send(content)))).toBe(sha256(content));
  }
});

test('the line is cut at twenty random places: the file is whole, and nothing acknowledged is sent again', async () => {
  const line = await cuttableLine();
  for (let cut = 0; cut < 20; cut++) {
    const content = randomBytes(20 * segment + 1234);
    line.cutAfter(1 + Math.floor(Math.random() * content.length));
    const address = await send(content, { url: line.url, origin: line.url, retries: [0, 10, 20, 50, 100, 200], chunkSize: 5 * segment });
    expect(await downloaded(idOf(address))).toBe(sha256(content));
  }
  line.close();
});

test('what is acknowledged is a whole number of segments, and the rest of a part is asked for again', async () => {
  const content = randomBytes(3 * segment + 500);
  const address = await create(content.length);
  const first = await patch(address, 0, content.subarray(0, segment + 1000));
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(segment)]);
  const head = await ask('HEAD', address);
  expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length'), head.headers.get('cache-control')]).toEqual([
    200,
    String(segment),
    String(content.length),
    'no-store',
  ]);
  expect(head.headers.get('upload-metadata')).toContain(`filename ${btoa('plan.pdf')}`);
  const rest = await patch(address, segment, content.subarray(segment));
  expect([rest.status, rest.headers.get('upload-offset')]).toEqual([204, String(content.length)]);
  expect(await downloaded(idOf(address))).toBe(sha256(content));
});

test('a client that sends less than a segment at a time is told so, and would otherwise turn in circles', async () => {
  const address = await create(3 * segment);
  const answer = await patch(address, 0, randomBytes(1000));
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('64')]);
});

test('offsets, types, sizes and protocol are checked before a byte is kept', async () => {
  const address = await create(3 * segment);
  const part = randomBytes(segment);
  expect((await patch(address, segment, part)).status).toBe(409);
  expect((await patch(address, 0, part, { 'content-type': 'application/octet-stream' })).status).toBe(415);
  expect((await patch(address, 0, randomBytes(3 * segment + 1))).status).toBe(413);
  expect((await ask('PATCH', address, { 'content-type': 'application/offset+octet-stream' }, part)).status).toBe(403);
  expect((await ask('HEAD', address, { 'tus-resumable': '0.2.2' })).status).toBe(400);
  expect((await ask('GET', address)).status).toBe(405);
  expect((await ask('HEAD', address)).headers.get('upload-offset')).toBe('0');
  const options = await ask('OPTIONS', '/uploads');
  expect([options.status, options.headers.get('tus-extension'), options.headers.get('tus-max-size')]).toEqual([
    204,
    'creation,creation-with-upload,termination',
    String(conversationLimits.filesBytes),
  ]);
});

test('S-11: more than 1 GiB is refused before the first byte', async () => {
  const answer = await ask('POST', '/uploads', { 'upload-length': String(conversationLimits.filesBytes + 1) });
  expect(answer.status).toBe(413);
  expect(await world.ctx.db.selectFrom('uploads').select('id').execute()).toEqual([]);
});

test('what a person has waiting counts from its announcement: a fifth file of 1 GiB finds no room, nor does a form', { repeats: 3 }, async () => {
  const four = await Promise.all([1, 2, 3, 4, 5].map(() => ask('POST', '/uploads', { 'upload-length': String(conversationLimits.filesBytes) })));
  expect(four.map((one) => one.status).sort()).toEqual([201, 201, 201, 201, 507]);
  const refused = four.find((one) => one.status === 507);
  expect(await refused?.text()).toMatch(/4\s?Go/u);
  const location = four.find((one) => one.status === 201)?.headers.get('location') ?? '';
  expect((await ask('DELETE', location)).status).toBe(204);
  expect((await ask('POST', '/uploads', { 'upload-length': String(conversationLimits.filesBytes) })).status).toBe(201);
  const jean = await browserOf(world.jean.profileId);
  expect((await ask('POST', '/uploads', { 'upload-length': '10', cookie: jean.cookie })).status).toBe(201);
});

describe('strangers', () => {
  test('somebody else’s upload, an unknown one and one that is gone are the same 404', async () => {
    const address = await create(segment);
    const alain = await browserOf(world.alain.profileId);
    const unknown = `/uploads/${crypto.randomUUID()}`;
    for (const [path, cookie] of [
      [address, alain.cookie],
      [unknown, marie.cookie],
      ['/uploads/..%2f..', marie.cookie],
    ] as const) {
      for (const method of ['HEAD', 'DELETE']) expect((await ask(method, path, { cookie })).status, `${method} ${path}`).toBe(404);
      expect((await patch(path, 0, randomBytes(segment), { cookie })).status).toBe(404);
    }
    world.clock.advance(86_401);
    expect((await ask('HEAD', address)).status).toBe(404);
    expect((await patch(address, 0, randomBytes(segment))).status).toBe(404);
  });

  test('nobody signed in, and another site, get nothing', async () => {
    const address = await create(segment);
    const refused = await ask('POST', '/uploads', { 'upload-length': '10', cookie: '' });
    expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('Reconnectez-vous')]);
    expect((await ask('POST', '/uploads', { 'upload-length': '10', origin: 'https://ailleurs.example' })).status).toBe(403);
    expect((await patch(address, 0, randomBytes(segment), { origin: 'https://ailleurs.example' })).status).toBe(403);
    expect((await ask('DELETE', address, { origin: 'https://ailleurs.example' })).status).toBe(403);
    const answer = await ask('HEAD', address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('two parts at once: one is written, the other is told to wait, and the file is that of the one', async () => {
  const content = randomBytes(40 * segment);
  const address = await create(content.length);
  const answers = await Promise.all([1, 2, 3].map(() => patch(address, 0, content)));
  expect(answers.map((answer) => answer.status).filter((status) => status === 204)).toHaveLength(1);
  for (const { status } of answers) expect([204, 409, 423]).toContain(status);
  expect(await downloaded(idOf(address))).toBe(sha256(content));
});

test('a file that is given up frees the disk, and its address', async () => {
  const address = await send(randomBytes(10 * segment));
  expect(await blobs()).toBe(1);
  expect((await ask('DELETE', new URL(address).pathname)).status).toBe(204);
  expect(await blobs()).toBe(0);
  expect((await ask('DELETE', new URL(address).pathname)).status).toBe(404);
  expect(await world.ctx.db.selectFrom('blobs_to_remove').selectAll().execute()).toEqual([]);
});

test('given up while a part is arriving, nothing of it stays', async () => {
  const address = await create(100 * segment);
  const sending = cutPatch(address, randomBytes(30 * segment), 100 * segment);
  await until(async () => (await world.ctx.db.selectFrom('uploads').select('writer').executeTakeFirst())?.writer !== null);
  expect((await ask('DELETE', address)).status).toBe(204);
  sending.destroy();
  await until(async () => (await blobs()) === 0);
  expect(await world.ctx.db.selectFrom('uploads').selectAll().execute()).toEqual([]);
});

/** A part of which only the beginning comes. */
function cutPatch(address: string, beginning: Buffer, announced: number): Socket {
  const socket = connect(server.port, '127.0.0.1');
  const headers = [`Cookie: ${marie.cookie}`, `Origin: ${marie.url}`, 'Tus-Resumable: 1.0.0', 'Upload-Offset: 0', `Content-Length: ${announced}`];
  const lines = [`PATCH ${address} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, ...headers, 'Content-Type: application/offset+octet-stream'];
  socket.on('error', () => undefined).write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.write(beginning);
  return socket;
}

async function blobs(): Promise<number> {
  const { readdir } = await import('node:fs/promises');
  const entries = await readdir(`${world.folder}/files`, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function until(happens: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  while (!(await happens())) if (performance.now() > giveUpAt) throw new Error('It did not happen in time.');
}
