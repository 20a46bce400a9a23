import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Names inside a backup. The manifest is written last but one, its seal last; the folder gets its name after both. */
export const names = { manifest: 'manifest.json', seal: 'manifest.seal', sums: 'SHA256SUMS', tables: 'tables', files: 'files' } as const;

const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/);

export const manifestSchema = z.strictObject({
  format: z.literal('pli-backup-1'),
  at: z.iso.datetime(),
  demonstration: z.boolean(),
  /** Of the database when it was copied, in order, with their checksums. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.strictObject({ name: identifier, columns: z.array(identifier), rows: z.int().min(0) })),
  files: z.strictObject({ count: z.int().min(0), bytes: z.int().min(0) }),
  /** Of the keyring it belongs to, and of each day that had a key: a backup holds no key, and knows its own. */
  keyring: z.string(),
  days: z.record(z.iso.date(), z.string()),
  /** SHA-256 of the file SHA256SUMS, which has one line for each other file, as `sha256sum` writes them. */
  sums: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** By which a manifest altered by somebody without the keyring is told: HMAC-SHA256 under a key drawn from the pepper (RFC 5869). */
export function sealOf(manifest: Buffer, pepper: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', pepper, Buffer.alloc(0), 'pli-backup-manifest', 32));
  return createHmac('sha256', key).update(manifest).digest();
}

export function isSealed(manifest: Buffer, seal: Buffer, pepper: Buffer): boolean {
  const expected = sealOf(manifest, pepper);
  return seal.length === expected.length && timingSafeEqual(seal, expected);
}
