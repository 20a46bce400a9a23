import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#context';
import { codeRules } from '#shared/sign-in.ts';

/** 256 random bits for a cookie (sessions, flows, devices). */
export function newToken(ctx: Ctx): string {
  return ctx.randomBytes(32).toString('base64url');
}

/** What is stored of a token. 256 bits cannot be guessed: a plain hash suffices. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Eight digits, every number as likely: draws past the last whole multiple are thrown away. */
export function newCode(ctx: Ctx): string {
  const size = 10 ** codeRules.digits;
  const ceiling = 2 ** 32 - (2 ** 32 % size);
  for (;;) {
    const drawn = ctx.randomBytes(4).readUInt32BE();
    if (drawn < ceiling) return String(drawn % size).padStart(codeRules.digits, '0');
  }
}

/** What is stored of a code: tied to its flow and to the pepper, since eight digits alone are guessed from a plain hash in no time. */
export function codeHash(ctx: Ctx, flowId: string, code: string): string {
  return fingerprint(ctx, `code:${flowId}:${code}`);
}

export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** A stand-in for something that is not to be read in a counter's key. */
export function fingerprint(ctx: Ctx, text: string): string {
  return createHmac('sha256', ctx.keys.pepper).update(text).digest('base64url');
}
