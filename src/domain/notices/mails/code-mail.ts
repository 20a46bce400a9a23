import type { CodePurpose } from '../send-code.ts';
import { aboutInOtherLanguage, type Letter, type MailFrame, type Rendered, renderLetter } from './letter.ts';

const subjects = {
  'sign-in': 'mail.code.subject.sign-in',
  address: 'mail.code.subject.address',
  reset: 'mail.code.subject.reset',
} as const satisfies Record<CodePurpose, Letter['subject']>;

const openings = {
  'sign-in': 'mail.code.opening.sign-in',
  address: 'mail.code.opening.address',
  reset: 'mail.code.opening.reset',
} as const satisfies Record<CodePurpose, Letter['subject']>;

/** A code to type (S-07): no link uses it, and the subject, which a locked screen shows, does not hold it. */
export function codeMail(frame: MailFrame, content: { purpose: CodePurpose; code: string; minutes: number }): Rendered {
  return renderLetter(frame, {
    subject: subjects[content.purpose],
    opening: [{ key: openings[content.purpose] }],
    act: { code: content.code },
    guidance: [{ key: 'mail.code.validity', values: { count: content.minutes } }, { key: 'mail.code.not-you' }],
    promise: { key: 'mail.code.promise', values: { from: frame.fromAddress } },
    otherLanguage: aboutInOtherLanguage(frame),
  });
}
