import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { collectPieces } from './collect-pieces.ts';
import { BlobDamaged } from './errors.ts';
import { headerBytes, openSegment, type Sealing, segmentBytes } from './segments.ts';

/** Read from disk together: 128 KiB, which bounds what a download holds in memory. */
const segmentsAtOnce = 2;

/** An open blob whose last segment has been opened: its length is proven, and `lastSegment` is that plaintext. */
export type OpenBlob = { file: FileHandle; sealing: Sealing; segments: number; lastSegment: Buffer };
/** Bytes of plaintext from `start` to `end`, both included; nothing when `end` is before `start`. */
export type ByteRange = { start: number; end: number };

/** The plaintext of the range, decrypting only the segments it touches. The file is closed when the stream ends or is destroyed. */
export function readSegments(blob: OpenBlob, range: ByteRange): Readable {
  const sealed = Buffer.allocUnsafe(segmentsAtOnce * blob.sealing.sealedBytes);
  const lastWanted = Math.floor(range.end / segmentBytes);
  let next = Math.floor(range.start / segmentBytes);
  const readMore = async (stream: Readable): Promise<void> => {
    if (range.end < range.start || next > lastWanted) {
      stream.push(null);
      return;
    }
    const count = Math.min(segmentsAtOnce, lastWanted - next + 1);
    const first = next;
    next += count;
    const opened = await openSegments(blob, first, count, sealed);
    collectPieces(count * segmentBytes);
    for (const [offset, plaintext] of opened.entries()) stream.push(within(range, first + offset, plaintext));
  };
  return new Readable({
    highWaterMark: segmentsAtOnce * segmentBytes,
    read() {
      readMore(this).catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error('Reading failed.', { cause: error })));
    },
    destroy(error, done) {
      blob.file.close().then(
        () => done(error),
        (closing: Error) => done(error ?? closing),
      );
    },
  });
}

/** Fills `target` from `position` on. Throws `BlobDamaged` when the file ends before. */
export async function readFully(file: FileHandle, target: Buffer, position: number): Promise<Buffer> {
  for (let filled = 0; filled < target.length; ) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) throw new BlobDamaged('The blob ends too early.');
    filled += bytesRead;
  }
  return target;
}

async function openSegments(blob: OpenBlob, first: number, count: number, sealed: Buffer): Promise<Buffer[]> {
  const lastIsWanted = first + count === blob.segments;
  const whole = lastIsWanted ? count - 1 : count;
  const { sealedBytes } = blob.sealing;
  await readFully(blob.file, sealed.subarray(0, whole * sealedBytes), headerBytes + first * sealedBytes);
  const opened = Array.from({ length: whole }, (_, offset) => {
    const at = offset * sealedBytes;
    return openSegment(blob.sealing, { number: first + offset, last: false }, sealed.subarray(at, at + sealedBytes));
  });
  return lastIsWanted ? [...opened, blob.lastSegment] : opened;
}

function within(range: ByteRange, number: number, plaintext: Buffer): Buffer {
  const start = number * segmentBytes;
  return plaintext.subarray(Math.max(0, range.start - start), Math.min(plaintext.length, range.end + 1 - start));
}
