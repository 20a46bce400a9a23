import type { Ctx } from '#context';
import type { MailNotSent } from '#platform/mail/mailer.ts';
import type { ClaimedMail } from './mail-queries.ts';

type Tried = Pick<ClaimedMail, 'kind' | 'attempts' | 'createdAt'>;

/** Seconds before the second try, doubled by each, up to the longest. */
const waits = {
  /** Somebody looks at the page that waits for it, and it lives ten minutes. */
  code: { first: 5, longest: 30 },
  /** Greylisting, a full mailbox: RFC 5321 §4.5.4.1. */
  later: { first: 30, longest: 3600 },
  /** Nothing is wrong with the mail: it leaves soon after the relay is back. */
  unreachable: { first: 30, longest: 300 },
} as const;

/** RFC 5321 §4.5.4.1: «generally needs to be at least 4-5 days». */
const givenUpAfterMs = 5 * 86_400_000;

/** When a mail that did not leave is tried again. */
export function nextTry(ctx: Ctx, mail: Tried, fault: Exclude<MailNotSent['fault'], 'refused'>): Date {
  const { first, longest } = mail.kind === 'code' || mail.kind === 'reset' ? waits.code : waits[fault];
  const seconds = Math.min(longest, first * 2 ** Math.min(mail.attempts - 1, 20));
  return new Date(ctx.now().getTime() + seconds * 1000);
}

export function isGivenUp(ctx: Ctx, mail: Tried): boolean {
  return ctx.now().getTime() - mail.createdAt.getTime() >= givenUpAfterMs;
}
