import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  folder = await mkdtemp(join(tmpdir(), 'pli-growing-'));
  storage = openFileStorage(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const pathOf = (id: string) => join(folder, id.slice(-2), id);
const readAll = async (id: string) => buffer(await storage.read(id, key));

async function begun(): Promise<string> {
  const id = randomUUID();
  await storage.begin(id);
  return id;
}

/** Pieces, then the end, or a line that breaks. */
async function* coming(pieces: Buffer[], broken = false): AsyncGenerator<Buffer> {
  yield* pieces;
  if (broken) throw new Error('the line broke');
}

type Part = { from: number; size: number; pieces: Buffer[]; broken?: boolean; apart?: boolean; durable?: (offset: number) => Promise<boolean> };

/** One part; what was told durable, in order. */
async function append(id: string, { from, size, pieces, broken = false, apart = false, durable = async () => true }: Part, into = storage) {
  const told: number[] = [];
  const tell = (offset: number) => {
    told.push(offset);
    return durable(offset);
  };
  return { ...(await into.append(id, key, { from, size, source: coming(pieces, broken), apart, durable: tell })), told };
}

test('whatever the parts, and wherever each breaks off, going on from what is durable gives the same bytes', async () => {
  const sizes = fc.oneof(
    fc.nat({ max: 300 }),
    fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: -1, max: 1 })).map(([n, more]) => Math.max(0, n * segmentBytes + more)),
  );
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(fc.nat({ max: 3 * segmentBytes }), { maxLength: 6 }), fc.boolean(), async (size, parts, reopen) => {
      const content = randomBytes(size);
      const id = await begun();
      const from = await inParts(id, { content, parts, reopen });
      expect((await append(id, { from, size, pieces: [content.subarray(from)] })).offset).toBe(size);
      expect((await readAll(id)).equals(content)).toBe(true);
      await storage.remove(id);
    }),
    { numRuns: 60 },
  );
});

/** Sends parts that each break off; answers where the last one left it, short of the end. */
async function inParts(id: string, { content, parts, reopen }: { content: Buffer; parts: number[]; reopen: boolean }): Promise<number> {
  let from = 0;
  for (const part of parts.filter((bytes) => bytes < content.length)) {
    if (from + part >= content.length) continue;
    const into = reopen ? openFileStorage(folder) : storage;
    const grown = await append(id, { from, size: content.length, pieces: [content.subarray(from, from + part)], broken: true }, into);
    expect(grown.offset).toBe(Math.floor((from + part) / segmentBytes) * segmentBytes);
    from = grown.offset;
    await expect(readAll(id)).rejects.toThrow(BlobDamaged);
  }
  return from;
}

test('only the end of the whole bears the mark: a file that stops at the border of a segment is not taken for whole', async () => {
  const content = randomBytes(2 * segmentBytes);
  const id = await begun();
  expect((await append(id, { from: 0, size: content.length, pieces: [content.subarray(0, segmentBytes)] })).offset).toBe(segmentBytes);
  await expect(readAll(id)).rejects.toThrow(BlobDamaged);
  expect(await append(id, { from: segmentBytes, size: content.length, pieces: [content.subarray(segmentBytes)] })).toMatchObject({ offset: content.length });
  expect((await readAll(id)).equals(content)).toBe(true);
});

test('what is told durable has been synced before, and told again every 32 MiB', async () => {
  const file = await open(join(folder, 'probe'), 'w');
  const files: FileHandle = Object.getPrototypeOf(file);
  await file.close();
  const sync = vi.spyOn(files, 'datasync');
  const size = 70 * 1024 * 1024 + 5;
  const id = await begun();
  const synced: number[] = [];
  const pieces = Array.from({ length: Math.ceil(size / 1e6) }, (_, n) => Buffer.alloc(Math.min(1e6, size - n * 1e6)));
  const grown = await append(id, {
    from: 0,
    size,
    pieces,
    durable: async () => {
      synced.push(sync.mock.calls.length);
      return true;
    },
  });
  expect(grown.told).toHaveLength(3);
  expect(grown.told.at(-1)).toBe(size);
  expect(synced).toEqual([1, 2, 3]);
  vi.restoreAllMocks();
});

test('a segment sent again is sealed anew: no nonce serves twice, whatever the bytes', async () => {
  const id = await begun();
  const size = 3 * segmentBytes;
  const sealedAgain = async (content: Buffer) => {
    await append(id, { from: 0, size, pieces: [content], broken: true });
    return (await readFile(pathOf(id))).subarray(headerBytes, headerBytes + sealedSegmentBytes);
  };
  const content = Buffer.alloc(segmentBytes, 'a');
  const [first, second] = [await sealedAgain(content), await sealedAgain(content)];
  expect(first.subarray(0, 7).equals(second.subarray(0, 7))).toBe(false);
  expect(first.subarray(7, 100).equals(second.subarray(7, 100))).toBe(false);
});

describe('what goes wrong', () => {
  test('more than was announced is refused, with what came before kept', async () => {
    const id = await begun();
    const size = segmentBytes + 100;
    const pieces = [randomBytes(segmentBytes), randomBytes(101)];
    await expect(append(id, { from: 0, size, pieces })).rejects.toThrow(BlobTooLarge);
    expect((await append(id, { from: segmentBytes, size, pieces: [randomBytes(100)] })).offset).toBe(size);
  });

  test('a disk that is full says so, and what was told before stays', async () => {
    const content = randomBytes(4 * segmentBytes);
    const id = await begun();
    await append(id, { from: 0, size: content.length, pieces: [content.subarray(0, segmentBytes)] });
    const file = await open(join(folder, 'probe'), 'w');
    const files: FileHandle = Object.getPrototypeOf(file);
    await file.close();
    const rest = content.subarray(segmentBytes);
    for (const act of ['write', 'datasync'] as const) {
      vi.spyOn(files, act).mockRejectedValueOnce(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
      await expect(append(id, { from: segmentBytes, size: content.length, pieces: [rest] })).rejects.toThrow(StorageFull);
      vi.restoreAllMocks();
    }
    await append(id, { from: segmentBytes, size: content.length, pieces: [rest] });
    expect((await readAll(id)).equals(content)).toBe(true);
  });

  test('a writer believed dead that still writes touches nothing of its successor’s', async () => {
    const content = randomBytes(40 * segmentBytes);
    const id = await begun();
    let goOn: () => void = () => undefined;
    const stalled = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* slow() {
      yield Buffer.alloc(10 * segmentBytes, 'x');
      await stalled;
      yield Buffer.alloc(20 * segmentBytes, 'y');
    }
    const dead = storage.append(id, key, { from: 0, size: content.length, source: slow(), apart: false, durable: async () => false });
    expect((await append(id, { from: 0, size: content.length, pieces: [content], apart: true })).offset).toBe(content.length);
    goOn();
    expect(await dead).toMatchObject({ fenced: true });
    expect((await readAll(id)).equals(content)).toBe(true);
  });

  test('a run that is told to stop stops, and a blob that is gone is missing', async () => {
    const id = await begun();
    const many = Array.from({ length: 40 }, () => Buffer.alloc(1024 * 1024));
    const stopped = await append(id, { from: 0, size: 60 * 1024 * 1024, pieces: many, durable: async () => false });
    expect(stopped).toMatchObject({ fenced: true, told: [32 * 1024 * 1024] });
    await storage.remove(id);
    for (const apart of [false, true]) await expect(append(id, { from: 0, size: 10, pieces: [], apart })).rejects.toThrow(BlobMissing);
    await expect(storage.begin('../../etc/passwd')).rejects.toThrow(TypeError);
    const twice = await begun();
    await expect(storage.begin(twice)).rejects.toThrow('EEXIST');
  });
});

test('a blob of version 1, with one nonce prefix in its header, is still read', async () => {
  const id = randomUUID();
  const content = randomBytes(2 * segmentBytes + 9);
  const prefix = randomBytes(7);
  const header = Buffer.concat([Buffer.from('PLIB'), Buffer.of(1), prefix]);
  const sealed = [0, 1, 2].map((number) => {
    const nonce = Buffer.concat([prefix, Buffer.of(0, 0, 0, number, number === 2 ? 1 : 0)]);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.concat([header, Buffer.from(id, 'ascii')]));
    const body = cipher.update(content.subarray(number * segmentBytes, (number + 1) * segmentBytes));
    return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
  });
  await mkdir(join(folder, id.slice(-2)), { recursive: true });
  await writeFile(pathOf(id), Buffer.concat([header, ...sealed]));
  expect((await readAll(id)).equals(content)).toBe(true);
  expect(
    (await buffer(await storage.read(id, key, { start: segmentBytes - 5, end: 2 * segmentBytes + 3 }))).equals(
      content.subarray(segmentBytes - 5, 2 * segmentBytes + 4),
    ),
  ).toBe(true);
  expect((await stat(pathOf(id))).size).toBe(headerBytes + content.length + 3 * 16);
});
