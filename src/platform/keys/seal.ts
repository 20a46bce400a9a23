import { type CipherKey, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Sealed bytes: version (1) · nonce (12) · ciphertext · tag (16), AES-256-GCM (NIST SP 800-38D) with a random nonce.
 * A data key seals a handful of values, far below the 2^32 that random 96-bit nonces allow under one key (§8.3).
 */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
/** What sealing adds to the length of the plaintext. */
export const sealOverhead = 1 + nonceBytes + tagBytes;

/** The bytes were altered, or belong to another key or another context. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

/** A new key of 256 random bits for one message, one title, one file. */
export function newDataKey(): Buffer {
  return randomBytes(32);
}

/**
 * Seals `plaintext` under a key of 32 bytes. `context` says what it is and whose (`message:<id>:body`) and is authenticated with it:
 * sealed bytes moved to another row do not open there.
 */
export function sealBytes(key: CipherKey, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticated(context));
  const sealed = cipher.update(plaintext);
  return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext. Throws `SealBroken` when the bytes, the key or the context are not those of `sealBytes`. */
export function openBytes(key: CipherKey, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < sealOverhead) throw new SealBroken('Sealed bytes are too short.');
  if (sealed[0] !== version) throw new SealBroken(`Sealed bytes have the unknown version ${sealed[0]}.`);
  const body = sealed.subarray(1 + nonceBytes, sealed.length - tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(authenticated(context)).setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plaintext = decipher.update(body);
  try {
    decipher.final();
  } catch (cause) {
    throw new SealBroken('Sealed bytes do not match their key and context.', { cause });
  }
  return plaintext;
}

function authenticated(context: string): Buffer {
  return Buffer.from(`pli-seal-${version}\n${context}`, 'utf8');
}
