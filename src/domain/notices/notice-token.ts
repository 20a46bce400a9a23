import { createHash, createHmac } from 'node:crypto';
import type { Keyring } from '#platform/keys/keyring.ts';

/**
 * The token of a notice's link: 128 bits (S-08), drawn from the pepper and the notice's id, so that the database holds only its hash
 * and the mail can still be written again after a crash with the very same link.
 */
export function noticeToken(keys: Keyring, noticeId: string): string {
  return createHmac('sha256', keys.pepper).update(`avis:${noticeId}`).digest().subarray(0, 16).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
