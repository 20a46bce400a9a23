import type { Refusal } from '#result';
import { formatBytes } from '#shared/bytes.ts';
import { conversationLimits } from '#shared/conversations.ts';
import type { RefusalCode } from '#shared/refusals.ts';
import type { View } from './layout/view.ts';

const statuses = {
  'conversation.not-found': 404,
  'conversation.may-not-start': 403,
  'conversation.read-only': 403,
  'conversation.closed': 403,
  'conversation.expired': 410,
  'title.missing': 422,
  'title.too-long': 422,
  'participants.none': 422,
  'participants.only-yourself': 422,
  'participants.too-many': 422,
  'participants.not-an-address': 422,
  'message.empty': 422,
  'message.too-long': 422,
  'message.not-available': 410,
  'text.unreadable': 422,
  'expiry.out-of-range': 422,
  'attachment.not-found': 404,
  'attachment.not-ready': 409,
  'attachment.too-many': 422,
  'attachment.too-large': 413,
  'attachment.name-too-long': 422,
  'storage.full': 507,
} as const satisfies Partial<Record<RefusalCode, number>>;

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503 | 507;

/** The HTTP status of a refusal. */
export function statusOf(refusal: Refusal): RefusalStatus {
  return statuses[refusal.code as keyof typeof statuses] ?? 422;
}

/** The sentence of a refusal in the reader's language: what happened, what is kept, what to do next. */
export function sentenceOf(view: View, refusal: Refusal): string {
  const data = { ...refusal.data };
  if (refusal.code === 'attachment.too-large') data.limit = formatBytes(conversationLimits.filesBytes, view.locale);
  return view.t(`refusal.${refusal.code}`, data);
}
