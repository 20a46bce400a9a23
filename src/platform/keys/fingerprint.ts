import { createHmac } from 'node:crypto';

/** By which a key is recognised without being told: 128 bits of HMAC-SHA256 under the key itself, of its name. */
export function keyFingerprint(name: string, key: Buffer): string {
  return createHmac('sha256', key).update(`pli-fingerprint\n${name}`).digest().subarray(0, 16).toString('base64url');
}
