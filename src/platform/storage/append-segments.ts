import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { BlobTooLarge } from './errors.ts';
import { positionOf, SegmentWriter } from './segment-writer.ts';
import { type Sealing, segmentBytes } from './segments.ts';

/** What one run of `append` adds to a blob that grows. Bytes of plaintext. */
export type Growth = {
  /** What is durable already: a multiple of 64 KiB, or nothing. */
  from: number;
  /** What the blob will weigh once whole. */
  size: number;
  source: AsyncIterable<Buffer>;
  /** Told each time more is on the disk for good, and whether the run ends there; false when it must, because another has taken its place. */
  durable: (offset: number, ended: boolean) => Promise<boolean>;
};
/** Where it ended; `cut` is what the source broke off with, `fenced` that `durable` answered false. */
export type Grown = { offset: number; cut?: unknown; fenced?: boolean };

/** Synced and told at least as often: what a process that dies in the middle of a part makes its sender send again. 32 MiB, or 5 s. */
const untoldBytes = 32 * 1024 * 1024;
const untoldMs = 5_000;

/**
 * Adds what the source gives, from `from` on; whatever lay beyond is discarded. Only whole segments are kept, but for the last of the blob:
 * a source that ends or breaks off in the middle of one loses that part. Past `size` it throws `BlobTooLarge`, with all that is whole kept.
 */
export async function appendSegments(file: FileHandle, sealing: Sealing, growth: Growth): Promise<Grown> {
  const { from, size, durable } = growth;
  if (from % segmentBytes !== 0 || from > size) throw new RangeError(`A blob of ${size} bytes does not grow from ${from}.`);
  await file.truncate(positionOf(from / segmentBytes));
  const writer = new SegmentWriter({ file, sealing, from: from / segmentBytes });
  const run = { told: from, toldAt: performance.now() };
  const tell = async (offset: number, ended: boolean): Promise<boolean> => {
    await writer.flush();
    await file.datasync();
    run.told = offset;
    run.toldAt = performance.now();
    return durable(offset, ended);
  };
  try {
    let excess = false;
    const cut = await eachChunk(growth.source, async (chunk) => {
      excess = writer.size + chunk.length > size;
      if (excess) return false;
      await writer.add(chunk);
      const isDue = writer.size - run.told >= untoldBytes || performance.now() - run.toldAt >= untoldMs;
      // At the end of the blob it is told below, once the last segment bears its mark.
      if (!isDue || writer.size === size) return true;
      const whole = await writer.sealWhole();
      return whole === run.told || tell(whole, false);
    });
    if (cut === 'stopped' && !excess) return { offset: run.told, fenced: true };
    const complete = writer.size === size && !excess;
    if (complete) await writer.sealLast();
    const offset = complete ? size : await writer.sealWhole();
    const fenced = (complete || offset > run.told) && !(await tell(offset, true));
    if (excess) throw new BlobTooLarge(size);
    return { offset, fenced, ...(cut === undefined ? {} : { cut }) };
  } finally {
    await writer.release();
  }
}

/** Gives each chunk to `take` until it answers false ('stopped'). What the source breaks off with is given back; what `take` throws is thrown. */
async function eachChunk(source: AsyncIterable<Buffer>, take: (chunk: Buffer) => Promise<boolean>): Promise<unknown> {
  const chunks = source[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => ({ error: error ?? new Error('The source broke off.') }));
    if ('error' in next) return next.error;
    if (next.done) return undefined;
    if (!(await take(next.value))) {
      await chunks.return?.();
      return 'stopped';
    }
  }
}

/** Where a copy of a blob is made before it takes its place. */
export function copyOf(path: string): string {
  return `${path}.copy`;
}

/**
 * Puts a copy of the file in its place: a writer that was believed dead and still holds the old one writes to what nobody reads any more.
 * The bytes past `length` are not worth keeping.
 */
export async function replaceByCopy(path: string, length: number): Promise<void> {
  const copy = copyOf(path);
  try {
    await copyFile(path, copy);
    const file = await open(copy, 'r+');
    try {
      await file.truncate(length);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(copy, path);
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
}
