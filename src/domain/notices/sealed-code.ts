import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Ctx } from '#context';

const nonceBytes = 12;
const tagBytes = 16;

/** Codes wait encrypted (AES-256-GCM, bound to their mail), so that a copy of the database gives nobody a code that still works. */
export function sealCode(ctx: Ctx, mailId: string, code: string): Buffer {
  const nonce = ctx.randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', waitingKey(ctx), nonce).setAAD(Buffer.from(mailId));
  return Buffer.concat([nonce, cipher.update(code, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

export function openCode(ctx: Ctx, mailId: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', waitingKey(ctx), sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(mailId)).setAuthTag(sealed.subarray(-tagBytes));
  return decipher.update(sealed.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
}

/** RFC 5869: a key of its own, so that the pepper itself seals nothing. */
function waitingKey(ctx: Ctx): Buffer {
  return Buffer.from(hkdfSync('sha256', ctx.keys.pepper, '', 'pli:waiting-code', 32));
}
