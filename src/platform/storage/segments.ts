import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { BlobDamaged } from './errors.ts';

/**
 * A blob on disk: magic (4) · version (1) · nonce prefix (7), then segments of 64 KiB of plaintext, each sealed by AES-256-GCM with
 * nonce = prefix · segment number (4, big endian) · 1 for the last segment, else 0. This is the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015, §7): a segment cut off, added,
 * repeated or moved does not open. The header and the blob's id are authenticated with every segment. There is always a last segment,
 * which is empty only when the blob is.
 */
const magic = Buffer.from('PLIB', 'ascii');
const version = 1;
const prefixBytes = 7;
const tagBytes = 16;
export const headerBytes = magic.length + 1 + prefixBytes;
export const segmentBytes = 64 * 1024;
export const sealedSegmentBytes = segmentBytes + tagBytes;
/** The segment number has 32 bits: 256 TiB. */
const maxSegments = 2 ** 32;

/** What every segment of a blob has in common. */
export type Sealing = { key: KeyObject; prefix: Buffer; authenticated: Buffer };
/** Which segment: its number from 0, and whether it is the last. */
export type Place = { number: number; last: boolean };

export function newHeader(): Buffer {
  return Buffer.concat([magic, Buffer.of(version), randomBytes(prefixBytes)]);
}

/** Throws `BlobDamaged` when the header is not one of ours. */
export function sealingOf(id: string, key: KeyObject, header: Buffer): Sealing {
  if (header.length !== headerBytes || !header.subarray(0, magic.length).equals(magic)) throw new BlobDamaged(`Blob ${id} has no header.`);
  if (header[magic.length] !== version) throw new BlobDamaged(`Blob ${id} has the unknown version ${header[magic.length]}.`);
  return { key, prefix: header.subarray(magic.length + 1), authenticated: Buffer.concat([header, Buffer.from(id, 'ascii')]) };
}

/** Ciphertext and tag, to be written one after the other. */
export function sealSegment(sealing: Sealing, place: Place, plaintext: Buffer): Buffer[] {
  if (place.number >= maxSegments) throw new RangeError('A blob cannot have more than 2^32 segments.');
  const cipher = createCipheriv('aes-256-gcm', sealing.key, nonceOf(sealing, place)).setAAD(sealing.authenticated);
  const ciphertext = cipher.update(plaintext);
  cipher.final(); // GCM is a stream mode: nothing is left to come out.
  return [ciphertext, cipher.getAuthTag()];
}

/** The plaintext of one segment. Throws `BlobDamaged` when it is not the one written at this place of this blob. */
export function openSegment(sealing: Sealing, place: Place, sealed: Buffer): Buffer {
  if (sealed.length < tagBytes) throw new BlobDamaged('A segment is cut.');
  const decipher = createDecipheriv('aes-256-gcm', sealing.key, nonceOf(sealing, place), { authTagLength: tagBytes });
  decipher.setAAD(sealing.authenticated).setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw new BlobDamaged(`Segment ${place.number} is altered, out of place, or sealed with another key.`, { cause });
  }
  return plaintext;
}

/** From the length of the file: how many segments it has, and how many bytes of plaintext. Throws `BlobDamaged` for an impossible length. */
export function measure(id: string, fileBytes: number): { segments: number; size: number } {
  const sealed = fileBytes - headerBytes;
  const segments = Math.ceil(sealed / sealedSegmentBytes);
  const lastBytes = sealed - (segments - 1) * sealedSegmentBytes;
  if (sealed < tagBytes || lastBytes < tagBytes) throw new BlobDamaged(`Blob ${id} is cut: ${fileBytes} bytes.`);
  return { segments, size: sealed - segments * tagBytes };
}

function nonceOf(sealing: Sealing, place: Place): Buffer {
  const nonce = Buffer.allocUnsafe(prefixBytes + 5);
  sealing.prefix.copy(nonce);
  nonce.writeUInt32BE(place.number, prefixBytes);
  nonce.writeUInt8(place.last ? 1 : 0, prefixBytes + 4);
  return nonce;
}
