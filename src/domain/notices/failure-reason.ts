export const failureReasons = ['unknown-address', 'mailbox-full', 'refused', 'relay-away', 'given-up', 'other'] as const;
/** Why a mail did not leave or came back, as far as its code says it. */
export type FailureReason = (typeof failureReasons)[number];

/** Reads what `Delivery.failure` holds: an enhanced status code (RFC 3463 §3) after an SMTP reply code, or the fault of the connection. */
export function reasonOfFailure(failure: string): FailureReason {
  const [, enhanced = ''] = /\b[45]\.(\d{1,3}\.\d{1,3})\b/u.exec(failure) ?? [];
  if (['1.1', '1.2', '1.3', '1.6', '1.10', '2.1'].includes(enhanced)) return 'unknown-address';
  if (enhanced === '2.2') return 'mailbox-full';
  if (enhanced.startsWith('7.')) return 'refused';
  if (/^55[013]\b/u.test(failure) && enhanced === '') return 'unknown-address';
  if (/^E[A-Z]+|ECONN|ETIMEDOUT|EDNS/u.test(failure)) return 'relay-away';
  if (failure === 'too late' || failure === 'withdrawn') return 'given-up';
  return 'other';
}
