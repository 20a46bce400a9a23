import type { Readable } from 'node:stream';

/** Where the sealed bytes of files live: 64 KiB segments, each sealed by AES-256-GCM under the file's own key. Nothing in clear touches the disk. */
export type Storage = {
  /** Seals `source` into a new blob `id`. Stops reading past `limit` plaintext bytes, removes what was written and throws `BlobTooLarge`. Durable (fsync) when it resolves. */
  write(id: string, key: Buffer, source: Readable, limit: number): Promise<{ size: number }>;
  /** The plaintext from `start` to `end` (both included, as in an HTTP range), decrypted segment by segment. Throws `BlobMissing`. */
  read(id: string, key: Buffer, range?: { start: number; end: number }): Promise<Readable>;
  /** Removes the bytes. Harmless twice. */
  remove(id: string): Promise<void>;
};
