import type { Readable } from 'node:stream';
import type { Grown, Growth } from './append-segments.ts';

/** Where the sealed bytes of files live: 64 KiB segments, each sealed by AES-256-GCM under the file's own key. Nothing in clear touches the disk. */
export type Storage = {
  /** Seals `source` into a new blob `id`. Stops reading past `limit` plaintext bytes, removes what was written and throws `BlobTooLarge`. Durable (fsync) when it resolves. */
  write(id: string, key: Buffer, source: Readable, limit: number): Promise<{ size: number }>;
  /** An empty blob `id` that grows by `append` (docs/adr/0015). Durable when it resolves. Throws `StorageFull`. */
  begin(id: string): Promise<void>;
  /**
   * Adds to a blob begun, from a durable offset on, and tells `durable` what has become so: whole segments, and the whole blob. One run at a
   * time; `apart` when an earlier one may still be writing, unknown to anybody: it then writes beside. What is not durable is discarded.
   * Throws `BlobTooLarge`, `BlobMissing`, `StorageFull`: what was told stays.
   */
  append(id: string, key: Buffer, growth: Growth & { apart: boolean }): Promise<Grown>;
  /** The plaintext from `start` to `end` (both included, as in an HTTP range), decrypted segment by segment. Throws `BlobMissing`. */
  read(id: string, key: Buffer, range?: { start: number; end: number }): Promise<Readable>;
  /** Removes the bytes. Harmless twice. */
  remove(id: string): Promise<void>;
  /** Removes what processes that died have left half written: not touched for 24 h by the machine's clock, which dates files. Harmless twice. */
  discardUnfinished(): Promise<void>;
};
