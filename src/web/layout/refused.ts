import type { Refusal } from '#result';
import { sentenceOf, statusOf } from '../refusals.ts';
import type { View } from './view.ts';

/** A refusal as a form shows it: the field it concerns, its sentence, and what goes with it over HTTP. */
export type Refused = { field: string; text: string; status: number; headers: Record<string, string> };

/** Codes whose wait is also said to programs (RFC 9110 §10.2.3). */
const waits = /^sign-in\.(?:code-|begin-)?wait-/;

export function refused(view: View, refusal: Refusal, field: string): Refused {
  const seconds = waits.test(refusal.code) ? refusal.data?.seconds : refusal.code === 'sign-in.busy' ? refusal.data?.count : undefined;
  const headers: Record<string, string> = seconds === undefined ? {} : { 'Retry-After': String(seconds) };
  return { field, text: sentenceOf(view, refusal), status: statusOf(refusal), headers };
}
