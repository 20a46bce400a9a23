import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { BlobTooLarge } from './errors.ts';
import { SegmentWriter } from './segment-writer.ts';
import type { Sealing } from './segments.ts';

/**
 * Seals the source into the file, segment by segment, and gives the length of the plaintext. The source waits for the disk (backpressure).
 * Past `limit` it stops reading and throws `BlobTooLarge`; the source is left as it is, for whoever opened it to drain or to destroy.
 */
export async function writeSegments(file: FileHandle, sealing: Sealing, source: Readable, limit: number): Promise<number> {
  const writer = new SegmentWriter({ file, sealing, from: 0 });
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A blob is written from a stream of bytes.');
      if (writer.size + chunk.length > limit) throw new BlobTooLarge(limit);
      await writer.add(chunk);
    }
    const { size } = writer;
    await writer.sealLast();
    await writer.flush();
    return size;
  } finally {
    await writer.release();
  }
}
