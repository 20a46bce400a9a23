import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { BlobTooLarge } from './errors.ts';
import { type Sealing, sealSegment, segmentBytes } from './segments.ts';

/** Written to disk together: one system call for 512 KiB rather than eight. It also bounds what a transfer holds in memory: twice that. */
const segmentsAtOnce = 8;

/** Segments sealed and not yet written, and the write that is under way while the next ones are sealed. */
type Output = { file: FileHandle; waiting: Buffer[]; writing: Promise<void> };

/**
 * Seals the source into the file, segment by segment, and gives the length of the plaintext. The source waits for the disk (backpressure).
 * Past `limit` it stops reading and throws `BlobTooLarge`; the source is left as it is, for whoever opened it to drain or to destroy.
 */
export async function writeSegments(file: FileHandle, sealing: Sealing, source: Readable, limit: number): Promise<number> {
  const output: Output = { file, waiting: [], writing: Promise.resolve() };
  const segment = Buffer.allocUnsafe(segmentBytes);
  let filled = 0;
  let number = 0;
  let size = 0;
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A blob is written from a stream of bytes.');
      size += chunk.length;
      if (size > limit) throw new BlobTooLarge(limit);
      for (let taken = 0; taken < chunk.length; ) {
        // A full segment waits here until there is more: only then is it known not to be the last.
        if (filled === segmentBytes) {
          await put(output, sealSegment(sealing, { number, last: false }, segment));
          number += 1;
          filled = 0;
        }
        const copied = chunk.copy(segment, filled, taken);
        filled += copied;
        taken += copied;
      }
    }
    output.waiting.push(...sealSegment(sealing, { number, last: true }, segment.subarray(0, filled)));
    await flush(output);
    return size;
  } finally {
    await output.writing.catch(() => undefined); // Told already by `flush`, or another error is on its way; the file must be quiet before it is closed.
  }
}

async function put(output: Output, sealed: Buffer[]): Promise<void> {
  output.waiting.push(...sealed);
  if (output.waiting.length < 2 * segmentsAtOnce) return;
  await output.writing;
  output.writing = writeWhole(output.file, output.waiting);
  output.writing.catch(() => undefined); // It is awaited above or in `flush`; until then a failure must not count as unhandled.
  output.waiting = [];
}

async function flush(output: Output): Promise<void> {
  await output.writing;
  await writeWhole(output.file, output.waiting);
}

/** The kernel may write less than asked, when the disk is nearly full for one: the rest is tried again, and then fails with the reason. */
async function writeWhole(file: FileHandle, buffers: Buffer[]): Promise<void> {
  const { bytesWritten } = await file.writev(buffers);
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(buffers).subarray(bytesWritten));
}
