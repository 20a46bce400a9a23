import type { z } from 'zod';

/** One setting: its shape, and the sentence that says to an administrator what it is for and what it may be. */
export type Setting<Value> = {
  schema: z.ZodType<Value, string>;
  /** What it is when nothing is said; written in words when it depends on others. */
  byDefault: string;
  purpose: { en: string; fr: string };
  /** Shown as `…` wherever settings are listed. */
  secret?: true;
};

/** A fault said in both languages by the schema itself: `fault('…', '…')` as the error of a zod check. */
export function fault(fr: string, en: string): string {
  return JSON.stringify({ fr, en });
}
