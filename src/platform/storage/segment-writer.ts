import type { FileHandle } from 'node:fs/promises';
import { collectPieces } from './collect-pieces.ts';
import { headerBytes, newPrefix, type Sealing, sealedSegmentBytes, sealSegment, segmentBytes } from './segments.ts';

/** Written to disk together: one system call for 512 KiB rather than eight. */
const segmentsAtOnce = 8;

/** What a transfer holds in memory: one segment of plaintext, a batch being sealed and a batch being written. 1.1 MiB. */
type Buffers = { plain: Buffer; sealing: Buffer; writing: Buffer };

/**
 * Buffers of transfers that ended, for those to come: memory outside of the heap is given back only when the collector runs, and a transfer
 * in many parts would leave as many behind it. More than these at once are made and thrown away.
 */
const idle: Buffers[] = [];
const idleAtMost = 8;

/**
 * Seals what it is given into a file, segment by segment, from segment `from` on. A full segment waits until it is known whether more comes,
 * since the last one bears a mark. `release` when done, whatever the outcome: the file is quiet then.
 */
export class SegmentWriter {
  readonly #file: FileHandle;
  readonly #sealing: Sealing;
  readonly #prefix = newPrefix();
  #buffers: Buffers | undefined = idle.pop() ?? newBuffers();
  #number: number;
  #position: number;
  #filled = 0;
  #sealed = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor({ file, sealing, from }: { file: FileHandle; sealing: Sealing; from: number }) {
    if (sealing.sealedBytes !== sealedSegmentBytes) throw new Error('Blobs of version 1 are only read.');
    this.#file = file;
    this.#sealing = sealing;
    this.#number = from;
    this.#position = positionOf(from);
  }

  /** Bytes of plaintext in this blob, up to what was given last. */
  get size(): number {
    return this.#number * segmentBytes + this.#filled;
  }

  /** Takes bytes. Waits for the disk when it is behind (backpressure). */
  async add(chunk: Buffer): Promise<void> {
    const { plain } = this.#have;
    for (let taken = 0; taken < chunk.length; ) {
      if (this.#filled === segmentBytes) await this.#seal(false);
      const copied = chunk.copy(plain, this.#filled, taken);
      this.#filled += copied;
      taken += copied;
    }
  }

  /** Seals what waits when it is a whole segment, as one that is not the last, and gives the size of what is then sealed; a part is left waiting. */
  async sealWhole(): Promise<number> {
    if (this.#filled === segmentBytes) await this.#seal(false);
    return this.#number * segmentBytes;
  }

  /** Seals what waits, be it empty, as the last segment. */
  async sealLast(): Promise<void> {
    await this.#seal(true);
  }

  /** All that is sealed is written, though not yet synced. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#write();
    await this.#writing;
  }

  /** Gives the buffers back once no write uses them any more. What is not flushed is lost. */
  async release(): Promise<void> {
    await this.#writing.catch(() => undefined); // Told by `flush` or `add`, or another error is on its way.
    if (this.#buffers && idle.length < idleAtMost) idle.push(this.#buffers);
    this.#buffers = undefined;
  }

  get #have(): Buffers {
    if (!this.#buffers) throw new Error('This writer was released.');
    return this.#buffers;
  }

  async #seal(last: boolean): Promise<void> {
    const { plain, sealing } = this.#have;
    const place = { number: this.#number, last };
    const from = { sealing: this.#sealing, prefix: this.#prefix };
    this.#sealed += sealSegment(from, place, plain.subarray(0, this.#filled), { target: sealing, at: this.#sealed });
    this.#number += 1;
    this.#filled = 0;
    if (this.#sealed + sealedSegmentBytes <= sealing.length) return;
    await this.#writing;
    this.#write();
  }

  /** Begins to write the batch while the next is sealed. The batch before it is on the disk: its buffer is free. */
  #write(): void {
    const buffers = this.#have;
    [buffers.sealing, buffers.writing] = [buffers.writing, buffers.sealing];
    const batch = buffers.writing.subarray(0, this.#sealed);
    this.#writing = writeWhole(this.#file, batch, this.#position);
    this.#writing.catch(() => undefined); // It is awaited before the next batch and in `flush`; until then a failure must not count as unhandled.
    collectPieces(this.#sealed);
    this.#position += this.#sealed;
    this.#sealed = 0;
  }
}

/** Where a segment begins in a file of today's version. */
export function positionOf(segment: number): number {
  return headerBytes + segment * sealedSegmentBytes;
}

function newBuffers(): Buffers {
  const batch = segmentsAtOnce * sealedSegmentBytes;
  return { plain: Buffer.allocUnsafeSlow(segmentBytes), sealing: Buffer.allocUnsafeSlow(batch), writing: Buffer.allocUnsafeSlow(batch) };
}

/** The kernel may write less than asked, when the disk is nearly full for one: the rest is tried again, and then fails with the reason. */
async function writeWhole(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}
