import { expect, test } from 'vitest';
import { notSent } from './smtp-faults.ts';

const fault = (code: string, command?: string, response?: string) => {
  const { fault: whose, reason } = notSent(Object.assign(new Error('x'), { code, command, response }));
  return `${whose}: ${reason}`;
};

test.each([
  ['EENVELOPE', 'RCPT TO', '550 5.1.1 <jeand@courriel.example>: no such user', 'refused: 550 5.1.1'],
  ['EENVELOPE', 'RCPT TO', '553-5.1.3 bad address\n553 5.1.3 really', 'refused: 553 5.1.3'],
  ['EMESSAGE', 'DATA', '554 5.7.1 rejected by policy', 'refused: 554 5.7.1'],
  ['EMESSAGE', 'DATA', '554 no', 'refused: 554'],
  ['EENVELOPE', 'RCPT TO', '451 4.7.1 Greylisted', 'later: 451 4.7.1'],
  ['EENVELOPE', 'DATA', '503 5.5.1 bad sequence', 'later: 503 5.5.1'],
  ['EENVELOPE', 'RCPT TO', '421 4.3.2 closing', 'unreachable: 421 4.3.2'],
  // The administrator's to cure: no mail is thrown away for it.
  ['EENVELOPE', 'MAIL FROM', '530 5.7.0 authentication required', 'unreachable: 530 5.7.0'],
  ['EAUTH', 'AUTH PLAIN', '535 5.7.8 bad credentials', 'unreachable: 535 5.7.8'],
  ['EPROTOCOL', 'CONN', '554 5.3.2 no service here', 'unreachable: 554 5.3.2'],
  ['ETLS', 'STARTTLS', '', 'unreachable: ETLS'],
  ['ETIMEDOUT', 'CONN', '', 'unreachable: ETIMEDOUT'],
])('%s at %s with «%s» is %s', (code, command, response, expected) => {
  expect(fault(code, command, response)).toBe(expected);
});

test('the system says why a connection failed', () => {
  const { reason } = notSent(Object.assign(new Error('x'), { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }));
  expect(reason).toBe('ESOCKET ECONNREFUSED');
  expect(notSent('nothing').fault).toBe('unreachable');
});
