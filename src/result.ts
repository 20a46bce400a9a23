import type { RefusalCode } from '#shared/refusals.ts';

/** An expected "no": a code that every door translates into a status and a sentence, with the data the sentence needs. */
export type Refusal = { code: RefusalCode; data?: Record<string, string | number> };

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function ok(): { ok: true; value: undefined };
export function ok<T>(value: T): { ok: true; value: T };
export function ok<T>(value?: T) {
  return { ok: true as const, value };
}

export function refuse(code: RefusalCode, data?: Refusal['data']): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: data ? { code, data } : { code } };
}
