import { randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BlobDamaged, BlobMissing, BlobTooLarge, StorageFull } from './errors.ts';
import { openFileStorage } from './open-file-storage.ts';
import { headerBytes, sealedSegmentBytes, segmentBytes } from './segments.ts';
import type { Storage } from './storage.ts';

const key = randomBytes(32);
let folder: string;
let storage: Storage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pli-blobs-'));
  storage = openFileStorage(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sizes around the borders of segments, and of the batches in which they are written and read. */
const sizes = fc.oneof(
  fc.nat({ max: 200 }),
  fc.tuple(fc.constantFrom(1, 2, 4, 5, 8, 9), fc.integer({ min: -2, max: 2 })).map(([segments, more]) => segments * segmentBytes + more),
  fc.nat({ max: 12 * segmentBytes }),
);

async function store(content: Buffer, id: string = randomUUID()): Promise<string> {
  await storage.write(id, key, Readable.from(content.length > 0 ? [content] : []), content.length);
  return id;
}

async function readAll(id: string, range?: { start: number; end: number }): Promise<Buffer> {
  return buffer(await storage.read(id, key, range));
}

function pathOf(id: string): string {
  return join(folder, id.slice(-2), id);
}

describe('writing and reading', () => {
  test('every size is given back as it was, whatever the pieces in which it came', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 3 * segmentBytes }), async (size, piece) => {
        const content = randomBytes(size);
        const pieces = Array.from({ length: Math.ceil(size / piece) }, (_, index) => content.subarray(index * piece, (index + 1) * piece));
        const id = randomUUID();
        expect(await storage.write(id, key, Readable.from(pieces.length < 20_000 ? pieces : [content]), size)).toEqual({ size });
        expect((await readAll(id)).equals(content)).toBe(true);
        await storage.remove(id);
      }),
      { numRuns: 60 },
    );
  });

  test('every range is exactly those bytes', async () => {
    const content = randomBytes(9 * segmentBytes + 77);
    const id = await store(content);
    const edge = fc.oneof(
      fc.nat({ max: content.length - 1 }),
      fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: -1, max: 1 })).map(([segments, more]) => Math.max(0, segments * segmentBytes + more)),
    );
    await fc.assert(
      fc.asyncProperty(edge, edge, async (one, other) => {
        const range = { start: Math.min(one, other), end: Math.max(one, other) };
        expect((await readAll(id, range)).equals(content.subarray(range.start, range.end + 1))).toBe(true);
      }),
      { numRuns: 100 },
    );
    await expect(storage.read(id, key, { start: 0, end: content.length })).rejects.toThrow(RangeError);
    await expect(storage.read(id, key, { start: 5, end: 4 })).rejects.toThrow(RangeError);
  });

  test('nothing of what was written can be read on the disk, and only its owner could try', async () => {
    const canary = Buffer.from('CANARI Bonjour Nadia, voici le dossier. '.repeat(5_000));
    const id = await store(canary);
    const sealed = await readFile(pathOf(id));
    expect(sealed.includes('CANARI')).toBe(false);
    expect((await stat(pathOf(id))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, id.slice(-2)))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });

  test('a reader that goes away in the middle leaves nothing open', async () => {
    const id = await store(randomBytes(20 * segmentBytes));
    const before = await openFiles();
    for (const when of ['at once', 'after a piece']) {
      const stream = await storage.read(id, key);
      if (when === 'after a piece') await stream[Symbol.asyncIterator]().next();
      stream.destroy();
      await new Promise((closed) => stream.once('close', closed));
    }
    expect(await openFiles()).toBe(before);
  });
});

describe('what goes wrong', () => {
  test('past the limit it stops reading, says so and keeps nothing', async () => {
    const id = randomUUID();
    let given = 0;
    const endless = new Readable({
      read() {
        given += segmentBytes;
        this.push(Buffer.alloc(segmentBytes));
      },
    });
    await expect(storage.write(id, key, endless, 3 * segmentBytes)).rejects.toThrow(BlobTooLarge);
    expect(given).toBeLessThan(6 * segmentBytes);
    expect(endless.destroyed).toBe(false);
    endless.destroy();
    await expectNothing(id);
    expect(await storage.write(id, key, Readable.from([Buffer.alloc(100)]), 100)).toEqual({ size: 100 });
  });

  test('a source that breaks off or is destroyed leaves nothing', async () => {
    for (const error of [new Error('the browser went away'), undefined]) {
      const id = randomUUID();
      const source = new PassThrough();
      source.write(randomBytes(3 * segmentBytes));
      const writing = storage.write(id, key, source, 1e9);
      setImmediate(() => source.destroy(error));
      await expect(writing).rejects.toThrow(error?.message ?? 'Premature close');
      await expectNothing(id);
    }
  });

  test('a full disk is a StorageFull, at the first write or in the middle', async () => {
    const anyFile = await open(join(folder, 'probe'), 'w');
    const files: FileHandle = Object.getPrototypeOf(anyFile);
    await anyFile.close();
    await rm(join(folder, 'probe'));
    const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    for (const act of ['writeFile', 'write', 'sync'] as const) {
      const id = randomUUID();
      vi.spyOn(files, act).mockRejectedValueOnce(noSpace);
      await expect(storage.write(id, key, Readable.from([randomBytes(2_000_000)]), 1e9)).rejects.toThrow(StorageFull);
      await expectNothing(id);
    }
    vi.restoreAllMocks();
  });

  test('a blob that was never written, or was removed, is missing; removing twice is harmless', async () => {
    await expect(storage.read(randomUUID(), key)).rejects.toThrow(BlobMissing);
    const id = await store(Buffer.from('x'));
    await storage.remove(id);
    await storage.remove(id);
    await expect(storage.read(id, key)).rejects.toThrow(BlobMissing);
  });

  test('nothing but a UUID becomes a path, and no blob is overwritten', async () => {
    for (const id of ['../../etc/passwd', '', 'unfinished', `${randomUUID()}/..`, randomUUID().toUpperCase()]) {
      await expect(storage.read(id, key)).rejects.toThrow(TypeError);
      await expect(storage.write(id, key, Readable.from([]), 1)).rejects.toThrow(TypeError);
      await expect(storage.remove(id)).rejects.toThrow(TypeError);
    }
    const id = await store(Buffer.from('first'));
    await expect(store(Buffer.from('second'), id)).rejects.toThrow('exists already');
    expect((await readAll(id)).toString()).toBe('first');
  });

  test('what a process that died left unfinished is thrown away after a day', async () => {
    const old = join(folder, 'unfinished', 'old');
    const recent = join(folder, 'unfinished', 'recent');
    for (const path of [old, recent]) await writeFile(path, 'x');
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    await utimes(old, twoDaysAgo, twoDaysAgo);
    await storage.discardUnfinished();
    expect(await readdir(join(folder, 'unfinished'))).toEqual(['recent']);
    await rm(recent);
  });

  async function expectNothing(id: string): Promise<void> {
    await expect(storage.read(id, key)).rejects.toThrow(BlobMissing);
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  }
});

describe('tampering is detected', () => {
  const content = randomBytes(3 * segmentBytes + 500);
  const segment = (number: number) => headerBytes + number * sealedSegmentBytes;

  test.each<[string, (sealed: Buffer) => Buffer]>([
    ['cut at the border of a segment', (sealed) => sealed.subarray(0, segment(3))],
    ['cut in a segment', (sealed) => sealed.subarray(0, segment(2) + 300)],
    ['cut in a tag', (sealed) => sealed.subarray(0, segment(2) + 7)],
    ['cut to its header', (sealed) => sealed.subarray(0, headerBytes)],
    ['emptied', () => Buffer.alloc(0)],
    ['lengthened by a byte', (sealed) => Buffer.concat([sealed, Buffer.of(0)])],
    ['lengthened by its own last segment', (sealed) => Buffer.concat([sealed, sealed.subarray(segment(3))])],
    [
      'two segments exchanged',
      (sealed) =>
        Buffer.concat([
          sealed.subarray(0, segment(0)),
          sealed.subarray(segment(1), segment(2)),
          sealed.subarray(segment(0), segment(1)),
          sealed.subarray(segment(2)),
        ]),
    ],
    ['a segment taken out', (sealed) => Buffer.concat([sealed.subarray(0, segment(1)), sealed.subarray(segment(2))])],
    ['another nonce prefix', (sealed) => flipped(sealed, 8)],
    ['another version', (sealed) => flipped(sealed, 4)],
    ['one bit in the first segment', (sealed) => flipped(sealed, segment(0) + 10)],
    ['one bit in a tag', (sealed) => flipped(sealed, segment(2) - 1)],
    ['one bit in the last segment', (sealed) => flipped(sealed, sealed.length - 20)],
  ])('%s', async (_, tamper) => {
    const id = await store(content);
    await writeFile(pathOf(id), tamper(await readFile(pathOf(id))));
    await expect(readAll(id)).rejects.toThrow(BlobDamaged);
  });

  test('a blob cut short is refused even for a range that lies before the cut', async () => {
    const id = await store(content);
    await writeFile(pathOf(id), (await readFile(pathOf(id))).subarray(0, segment(2)));
    await expect(storage.read(id, key, { start: 0, end: 10 })).rejects.toThrow(BlobDamaged);
  });

  test('the wrong key, and the bytes of another blob', async () => {
    const id = await store(content);
    const other = await store(content);
    await expect(storage.read(id, randomBytes(32))).rejects.toThrow(BlobDamaged);
    await writeFile(pathOf(other), await readFile(pathOf(id)));
    await expect(storage.read(other, key)).rejects.toThrow(BlobDamaged);
  });

  function flipped(sealed: Buffer, at: number): Buffer {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    return altered;
  }
});

/** File descriptors of this process that lead to a blob. */
async function openFiles(): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return links.filter((link) => link.startsWith(folder)).length;
}
