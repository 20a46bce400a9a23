import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { BlobDamaged } from './errors.ts';

/**
 * A blob on disk: magic (4) · version (1) · chance (7), then segments of 64 KiB of plaintext: nonce prefix (7) · ciphertext · tag (16), each
 * sealed by AES-256-GCM with nonce = prefix · segment number (4, big endian) · 1 for the last segment, else 0. This is the STREAM construction
 * (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015, §7): a segment
 * cut off, added, repeated or moved does not open. The header and the blob's id are authenticated with every segment. There is always a last
 * segment, which is empty only when the blob is.
 *
 * Each run of writing draws a prefix of its own: a segment that was written, not acknowledged and sent again, perhaps with other bytes, never
 * shares a nonce with its first form (docs/adr/0015). Blobs of version 1, written in one run, have one prefix, in the place of the chance.
 */
const magic = Buffer.from('PLIB', 'ascii');
const version = 2;
const prefixBytes = 7;
const tagBytes = 16;
export const headerBytes = magic.length + 1 + prefixBytes;
export const segmentBytes = 64 * 1024;
/** What a whole segment takes on disk, as written today. */
export const sealedSegmentBytes = prefixBytes + segmentBytes + tagBytes;
/** The segment number has 32 bits: 256 TiB. */
const maxSegments = 2 ** 32;

/** What every segment of a blob has in common. `prefix` is that of version 1, whose segments carry none. */
export type Sealing = { key: KeyObject; prefix: Buffer | undefined; authenticated: Buffer; sealedBytes: number };
/** Which segment: its number from 0, and whether it is the last. */
export type Place = { number: number; last: boolean };

export function newHeader(): Buffer {
  return Buffer.concat([magic, Buffer.of(version), randomBytes(prefixBytes)]);
}

/** A nonce prefix for one run of writing. */
export function newPrefix(): Buffer {
  return randomBytes(prefixBytes);
}

/** Throws `BlobDamaged` when the header is not one of ours. */
export function sealingOf(id: string, key: KeyObject, header: Buffer): Sealing {
  if (header.length !== headerBytes || !header.subarray(0, magic.length).equals(magic)) throw new BlobDamaged(`Blob ${id} has no header.`);
  const found = header[magic.length];
  if (found !== 1 && found !== version) throw new BlobDamaged(`Blob ${id} has the unknown version ${found}.`);
  const prefix = found === 1 ? header.subarray(magic.length + 1) : undefined;
  const sealedBytes = sealedSegmentBytes - (prefix ? prefixBytes : 0);
  return { key, prefix, authenticated: Buffer.concat([header, Buffer.from(id, 'ascii')]), sealedBytes };
}

/** Seals one segment into `target` at `at`, and gives the number of bytes it takes there. */
export function sealSegment(
  { sealing, prefix }: { sealing: Sealing; prefix: Buffer },
  place: Place,
  plaintext: Buffer,
  { target, at }: { target: Buffer; at: number },
): number {
  if (place.number >= maxSegments) throw new RangeError('A blob cannot have more than 2^32 segments.');
  const cipher = createCipheriv('aes-256-gcm', sealing.key, nonceOf(prefix, place)).setAAD(sealing.authenticated);
  let end = at + prefix.copy(target, at);
  end += cipher.update(plaintext).copy(target, end);
  cipher.final(); // GCM is a stream mode: nothing is left to come out.
  end += cipher.getAuthTag().copy(target, end);
  return end - at;
}

/** The plaintext of one segment. Throws `BlobDamaged` when it is not the one written at this place of this blob. */
export function openSegment(sealing: Sealing, place: Place, sealed: Buffer): Buffer {
  const start = sealing.prefix ? 0 : prefixBytes;
  const end = sealed.length - tagBytes;
  if (end < start) throw new BlobDamaged('A segment is cut.');
  const prefix = sealing.prefix ?? sealed.subarray(0, prefixBytes);
  const decipher = createDecipheriv('aes-256-gcm', sealing.key, nonceOf(prefix, place), { authTagLength: tagBytes });
  decipher.setAAD(sealing.authenticated).setAuthTag(sealed.subarray(end));
  const plaintext = decipher.update(sealed.subarray(start, end));
  try {
    decipher.final();
  } catch (cause) {
    throw new BlobDamaged(`Segment ${place.number} is altered, out of place, or sealed with another key.`, { cause });
  }
  return plaintext;
}

/** From the length of the file: how many segments it has, and how many bytes of plaintext. Throws `BlobDamaged` for an impossible length. */
export function measure(id: string, { sealedBytes }: Sealing, fileBytes: number): { segments: number; size: number } {
  const sealed = fileBytes - headerBytes;
  const overhead = sealedBytes - segmentBytes;
  const segments = Math.ceil(sealed / sealedBytes);
  const lastBytes = sealed - (segments - 1) * sealedBytes;
  if (sealed < overhead || lastBytes < overhead) throw new BlobDamaged(`Blob ${id} is cut: ${fileBytes} bytes.`);
  return { segments, size: sealed - segments * overhead };
}

function nonceOf(prefix: Buffer, place: Place): Buffer {
  const nonce = Buffer.allocUnsafe(prefixBytes + 5);
  prefix.copy(nonce);
  nonce.writeUInt32BE(place.number, prefixBytes);
  nonce.writeUInt8(place.last ? 1 : 0, prefixBytes + 4);
  return nonce;
}
