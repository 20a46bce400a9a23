import { hkdfSync } from 'node:crypto';
import type { Ctx } from '#context';
import { openBytes, sealBytes } from '#platform/keys/seal.ts';

/** Codes wait sealed, bound to their mail, so that a copy of the database gives nobody a code that still works. */
export function sealCode(ctx: Ctx, mailId: string, code: string): Buffer {
  return sealBytes(waitingKey(ctx), Buffer.from(code), `mail:${mailId}:code`);
}

export function openCode(ctx: Ctx, mailId: string, sealed: Buffer): string {
  return openBytes(waitingKey(ctx), sealed, `mail:${mailId}:code`).toString();
}

/** RFC 5869: a key of its own, so that the pepper itself seals nothing. */
function waitingKey(ctx: Ctx): Buffer {
  return Buffer.from(hkdfSync('sha256', ctx.keys.pepper, '', 'pli:waiting-code', 32));
}
