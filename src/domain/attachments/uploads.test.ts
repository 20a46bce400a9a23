import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { conversationLimits } from '#shared/conversations.ts';
import { standardPolicy } from '#shared/policy.ts';
import { done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { abandonUpload, appendToUpload, beginUpload, discardUploads, findUpload, prepareFiles, receiveFile, removeBlobs } from './api.ts';

const segment = 64 * 1024;
let world: Innovactione;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

async function begin(size: number, name = 'relevé.pdf', ctx = jean): Promise<string> {
  return done(await beginUpload(ctx, { name, mediaType: 'application/pdf', size })).uploadId;
}

async function* of(...pieces: Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

const append = (uploadId: string, offset: number, ...pieces: Buffer[]) => appendToUpload(jean, { uploadId, offset, source: of(...pieces) });
const refusal = (code: string) => ({ ok: false, refusal: { code } });

async function blobs(): Promise<number> {
  const entries = await readdir(`${world.folder}/files`, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test('a file that came in parts waits for its message like any other, under its own name', async () => {
  const content = randomBytes(3 * segment + 9);
  const uploadId = await begin(content.length, '/home/jean/plan.pdf');
  expect(await findUpload(jean, uploadId)).toEqual({ name: 'plan.pdf', mediaType: 'application/pdf', size: content.length, offset: 0, ready: false });
  expect(await append(uploadId, 0, content.subarray(0, segment + 5))).toEqual({ ok: true, value: { offset: segment } });
  expect(await prepareFiles(jean, { profileId: world.jean.profileId, uploadIds: [uploadId], day: '2015-03-01', rules: standardPolicy })).toMatchObject(
    refusal('attachment.not-ready'),
  );
  expect(await append(uploadId, segment, content.subarray(segment))).toEqual({ ok: true, value: { offset: content.length } });
  expect(await findUpload(jean, uploadId)).toMatchObject({ offset: content.length, ready: true });
  const [file] = done(await prepareFiles(jean, { profileId: world.jean.profileId, uploadIds: [uploadId], day: '2015-03-01', rules: standardPolicy }));
  const key = await jean.keys.unwrap('2015-03-01', file?.wrappedKey ?? Buffer.alloc(0), `blob:${uploadId}`);
  expect((await buffer(await jean.storage.read(uploadId, key ?? Buffer.alloc(0)))).equals(content)).toBe(true);
});

test('an address says nothing of the one before it', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => begin(10)));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
});

test('another offset than the acknowledged one, before, beyond or after the end, changes nothing', async () => {
  const uploadId = await begin(2 * segment);
  expect(await append(uploadId, 0, randomBytes(segment))).toMatchObject({ ok: true });
  for (const offset of [0, 1, segment - 1, 2 * segment, 5 * segment])
    expect(await append(uploadId, offset, randomBytes(segment))).toMatchObject(refusal('upload.wrong-offset'));
  expect(await append(uploadId, segment, randomBytes(segment))).toMatchObject({ ok: true });
  expect(await append(uploadId, segment, randomBytes(segment))).toMatchObject(refusal('upload.wrong-offset'));
});

test('only whoever began it finds it, goes on with it or gives it up; unknown and posted are the same', async () => {
  const uploadId = await begin(segment);
  const strangers = [await world.as(world.marie.profileId), await world.as(world.alain.profileId)];
  for (const stranger of strangers) {
    expect(await findUpload(stranger, uploadId)).toBeUndefined();
    expect(await appendToUpload(stranger, { uploadId, offset: 0, source: of(randomBytes(segment)) })).toMatchObject(refusal('upload.not-found'));
    expect(await abandonUpload(stranger, uploadId)).toMatchObject(refusal('upload.not-found'));
  }
  for (const id of [crypto.randomUUID(), 'abc', '']) {
    expect(await findUpload(jean, id)).toBeUndefined();
    expect(await append(id, 0)).toMatchObject(refusal('upload.not-found'));
    expect(await abandonUpload(jean, id)).toMatchObject(refusal('upload.not-found'));
  }
  expect(await findUpload(jean, uploadId)).toMatchObject({ offset: 0 });
});

test('one writer at a time, in whatever process; what it wrote is there for the next', async () => {
  const content = randomBytes(2 * segment);
  const uploadId = await begin(content.length);
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let coming: () => void = () => undefined;
  const writing = new Promise<void>((resolve) => {
    coming = resolve;
  });
  async function* slow() {
    yield content.subarray(0, segment);
    coming();
    await held;
    throw new Error('the line broke');
  }
  const first = appendToUpload(jean, { uploadId, offset: 0, source: slow() });
  await writing;
  // Another process has a context of its own on the same database.
  const elsewhere = await world.as(world.jean.profileId);
  expect(await appendToUpload(elsewhere, { uploadId, offset: 0, source: of(content) })).toMatchObject(refusal('upload.busy'));
  expect(await findUpload(elsewhere, uploadId)).toMatchObject({ offset: 0 });
  goOn();
  expect(await first).toEqual({ ok: true, value: { offset: segment } });
  expect(await appendToUpload(elsewhere, { uploadId, offset: segment, source: of(content.subarray(segment)) })).toMatchObject({ ok: true });
});

test('a process that died holds an upload 15 s at most, and what it left beyond the acknowledged offset is discarded', async () => {
  const content = randomBytes(3 * segment);
  const uploadId = await begin(content.length);
  expect(await append(uploadId, 0, content.subarray(0, segment))).toMatchObject({ ok: true });
  await world.ctx.db
    .updateTable('uploads')
    .set({ writer: crypto.randomUUID(), held_until: new Date(Date.now() + 10_000) })
    .execute();
  expect(await append(uploadId, segment, content.subarray(segment))).toMatchObject(refusal('upload.busy'));
  await world.ctx.db
    .updateTable('uploads')
    .set({ held_until: new Date(Date.now() - 1000) })
    .execute();
  expect(await append(uploadId, segment, content.subarray(segment))).toMatchObject({ ok: true });
  expect(await findUpload(jean, uploadId)).toMatchObject({ ready: true });
});

test('thrown away after 24 h, or given up while it arrives: refused, and none of its bytes stay', async () => {
  for (const end of ['swept', 'given up'] as const) {
    const uploadId = await begin(4 * segment);
    async function* slow() {
      yield randomBytes(2 * segment);
      if (end === 'swept') {
        world.clock.advance(86_401);
        await discardUploads(world.ctx);
        await removeBlobs(world.ctx);
      } else done(await abandonUpload(jean, uploadId));
      yield randomBytes(2 * segment);
    }
    expect(await appendToUpload(jean, { uploadId, offset: 0, source: slow() })).toMatchObject(refusal('upload.not-found'));
    expect(await blobs()).toBe(0);
    expect(await world.ctx.db.selectFrom('uploads').select('id').execute()).toEqual([]);
  }
});

test('what is announced counts at once: 4 GiB for all that waits, whichever way it comes', async () => {
  const { filesBytes } = conversationLimits;
  for (let n = 0; n < 3; n++) await begin(filesBytes);
  const last = await Promise.all([1, 2, 3].map(() => beginUpload(jean, { name: 'a', mediaType: 'a/b', size: filesBytes })));
  expect(last.filter((one) => one.ok)).toHaveLength(1);
  expect(last.find((one) => !one.ok)).toMatchObject(refusal('attachment.too-much-waiting'));
  const form = { profileId: world.jean.profileId, name: 'a', mediaType: 'a/b', limit: 100, announced: 50 };
  expect(await receiveFile(world.ctx, { ...form, source: (await import('node:stream')).Readable.from([Buffer.from('x')]) })).toMatchObject(
    refusal('attachment.too-much-waiting'),
  );
  expect(await beginUpload(jean, { name: 'a', mediaType: 'a/b', size: filesBytes + 1 })).toMatchObject(refusal('attachment.too-large'));
});

test('a form’s file whose process died takes no room any more', async () => {
  await begin(10);
  await world.ctx.db
    .updateTable('uploads')
    .set({ resumable: false, announced: conversationLimits.waitingBytes, writer: crypto.randomUUID(), held_until: new Date(Date.now() + 10_000) })
    .execute();
  expect(await beginUpload(jean, { name: 'a', mediaType: 'a/b', size: 1 })).toMatchObject(refusal('attachment.too-much-waiting'));
  await world.ctx.db
    .updateTable('uploads')
    .set({ held_until: new Date(Date.now() - 1000) })
    .execute();
  expect(await beginUpload(jean, { name: 'a', mediaType: 'a/b', size: 1 })).toMatchObject({ ok: true });
});

test('names that cannot be kept are refused before anything is', async () => {
  expect(await beginUpload(jean, { name: `${'x'.repeat(256)}`, mediaType: 'a/b', size: 1 })).toMatchObject(refusal('attachment.name-too-long'));
  expect(await beginUpload(jean, { name: 'a\u0007b', mediaType: 'a/b', size: 1 })).toMatchObject(refusal('text.unreadable'));
  expect(await blobs()).toBe(0);
});
