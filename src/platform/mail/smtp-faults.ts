import { MailNotSent } from './mailer.ts';

/**
 * What went wrong, told apart by whose fault it is. A 5yz answer to the recipient or to the text is the mail's: it is refused for good.
 * Any other answer to them is «not now». What comes before, or breaks the connection, is between us and the relay, whatever its number:
 * a wrong password (535) or a sender it does not let through must not throw away mails that the administrator's cure would send.
 */
export function notSent(error: unknown): MailNotSent {
  const code = textOf(error, 'code') ?? 'unknown';
  const response = textOf(error, 'response') ?? '';
  const command = textOf(error, 'command') ?? '';
  const aboutTheMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && (command === 'RCPT TO' || command === 'DATA');
  if (!aboutTheMail) return new MailNotSent({ fault: 'unreachable', reason: reasonOf(code, response, textOf(error, 'originalCode')), cause: error });
  // 421: the relay is closing down (RFC 5321 §3.8); 521 and 556 speak of the recipient's side (RFC 7504) and are refusals like the others.
  const fault = response.startsWith('421') ? 'unreachable' : /^5(?!03)\d\d/.test(response) ? 'refused' : 'later';
  return new MailNotSent({ fault, reason: reasonOf(code, response), cause: error });
}

/** `550 5.1.1` (RFC 3463), or the code of the connection's fault. */
function reasonOf(code: string, response: string, systemCode?: string): string {
  const [, status, enhanced] = /^(\d{3})[ -]?([245]\.\d{1,3}\.\d{1,3})?/.exec(response) ?? [];
  if (status) return enhanced ? `${status} ${enhanced}` : status;
  return systemCode ? `${code} ${systemCode}` : code;
}

function textOf(error: unknown, name: string): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
