import type { Refusal } from '#result';
import { formatBytes } from '#shared/bytes.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { formatInstant } from '#shared/dates.ts';
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
  'participants.already-there': 409,
  'participants.not-collaborators': 422,
  'participants.domain-not-allowed': 422,
  'person.not-here': 404,
  'person.holder': 409,
  'person.last-collaborator': 409,
  'person.already-opened': 409,
  'notice.nothing-waits': 409,
  'notice.still-waiting': 409,
  'notice.too-soon': 429,
  'message.empty': 422,
  'message.too-long': 422,
  'message.formatting-refused': 422,
  'message.formatting-too-large': 422,
  'message.link-refused': 422,
  'message.not-available': 410,
  'text.unreadable': 422,
  'form.incomplete': 400,
  'form.too-large': 413,
  'expiry.out-of-range': 422,
  'attachment.not-found': 404,
  'attachment.not-ready': 409,
  'attachment.too-many': 422,
  'attachment.too-large': 413,
  'attachment.type-not-allowed': 415,
  'attachment.name-too-long': 422,
  'attachment.too-much-waiting': 507,
  'storage.full': 507,
  'upload.not-found': 404,
  'upload.wrong-offset': 409,
  'upload.busy': 423,
  'upload.part-too-small': 400,

  'holder.present': 409,
  'holder.not-a-collaborator': 422,
  'holder.same': 422,
  'expiry.outside-policy': 422,
  'message.gone': 410,
  'message.opened-by-all': 409,
  'reminder.too-soon': 429,
  'reminder.nobody': 409,
  'reminder.too-many': 409,
  'reminder.wrong-day': 422,
  'delegation.not-a-colleague': 422,
  'delegation.same': 422,
  'delegation.wrong-days': 422,
  'delegation.overlaps': 409,
  'delegation.not-found': 404,
  'draft.too-large': 413,
  'draft.too-many': 409,
  'draft.too-often': 429,
  'draft.too-many-versions': 409,
  'draft.already-sent': 409,

  'sign-in.identifier-missing': 422,
  'sign-in.identifier-not-an-address': 422,
  'sign-in.text-unreadable': 422,
  'sign-in.password-missing': 422,
  'sign-in.not-recognised': 401,
  'sign-in.suspended': 403,
  'sign-in.start-again': 409,
  'sign-in.wait-seconds': 429,
  'sign-in.wait-minutes': 429,
  'sign-in.wait-hours': 429,
  'sign-in.locked': 429,
  'sign-in.busy': 503,
  'sign-in.code-missing': 422,
  'sign-in.code-wrong': 401,
  'sign-in.code-expired': 410,
  'sign-in.code-used': 410,
  'sign-in.code-spent': 429,
  'sign-in.code-too-many-wrong': 429,
  'sign-in.begin-wait-seconds': 429,
  'sign-in.begin-wait-minutes': 429,
  'sign-in.begin-wait-hours': 429,
  'sign-in.code-wait-seconds': 429,
  'sign-in.code-wait-minutes': 429,
  'sign-in.code-wait-hours': 429,
  'password.missing': 422,
  'password.too-short': 422,
  'password.too-long': 422,
  'password.common': 422,
  'password.repeated': 422,
  'password.keyboard': 422,
  'password.personal': 422,
  'password.current-wrong': 401,

  'person.name-missing': 422,
  'person.name-too-long': 422,
  'person.name-unreadable': 422,
  'person.address-taken': 409,
  'person.setting-unknown': 422,
  'person.not-found': 404,
  'person.has-password': 409,
  'organisation.not-found': 404,
  'policy.days': 422,
  'policy.days-order': 422,
  'policy.size': 422,
  'policy.types': 422,
  'policy.domains': 422,
  'policy.locales-none': 422,
  'policy.wording-unreadable': 422,
  'policy.wording-too-long': 422,
  'policy.wording-link': 422,
  'policy.contact-unreadable': 422,
  'policy.contact-address': 422,
  'policy.colour': 422,
  'policy.contrast': 422,
  'policy.changed-meanwhile': 409,
  'policy.logo-none': 422,
  'policy.logo-size': 413,
  'policy.logo-format': 415,
  'policy.logo-dimensions': 422,
  'member.last-administrator': 409,
  'member.no-role': 422,
  'member.suspended-everywhere': 409,
  'member.left-before': 409,
  'member.address-not-valid': 422,
  'member.invited-already': 429,
} as const satisfies Record<RefusalCode, number>;

export type RefusalStatus = (typeof statuses)[RefusalCode];

/** The HTTP status of a refusal. */
export function statusOf(refusal: Refusal): RefusalStatus {
  return statuses[refusal.code];
}

/** A rule of the organisation: its sentence says whom to ask. */
const ofPolicy: ReadonlySet<RefusalCode> = new Set(['participants.domain-not-allowed', 'attachment.type-not-allowed']);

/** The sentence of a refusal in the reader's language: what happened, what is kept, what to do next. */
export function sentenceOf(view: View, refusal: Refusal): string {
  const data = { ...refusal.data };
  if (refusal.code === 'attachment.too-large') data.limit = formatBytes(Number(data.limit ?? conversationLimits.filesBytes), view.locale);
  const { phone, email } = view.organisation?.support ?? view.support;
  if (ofPolicy.has(refusal.code)) data.whom = phone ?? email ?? view.t('refusal.policy.whom');
  if (refusal.code === 'attachment.too-much-waiting') data.limit = formatBytes(conversationLimits.waitingBytes, view.locale);
  if (refusal.code === 'notice.too-soon') data.at = formatInstant(new Date(String(data.at)), view);
  return view.t(`refusal.${refusal.code}`, data);
}
