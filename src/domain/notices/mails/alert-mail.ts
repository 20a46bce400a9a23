import type { AlertKind } from '../send-alert.ts';
import { aboutInOtherLanguage, type Letter, type MailFrame, type Rendered, renderLetter } from './letter.ts';

const subjects = {
  'password-changed': 'mail.alert.subject.password-changed',
  'password-reset': 'mail.alert.subject.password-reset',
  'address-joined': 'mail.alert.subject.address-joined',
  'address-removed': 'mail.alert.subject.address-removed',
} as const satisfies Record<AlertKind, Letter['subject']>;

const openings = {
  'password-changed': 'mail.alert.opening.password-changed',
  'password-reset': 'mail.alert.opening.password-reset',
  'address-joined': 'mail.alert.opening.address-joined',
  'address-removed': 'mail.alert.opening.address-removed',
} as const satisfies Record<AlertKind, Letter['subject']>;

/** Tells the owner of an account what changed in it, and what to do if it was not them (ASVS 6.3.7). */
export function alertMail(frame: MailFrame, content: { alert: AlertKind }): Rendered {
  return renderLetter(frame, {
    subject: subjects[content.alert],
    opening: [{ key: openings[content.alert] }],
    act: { label: 'mail.alert.button', url: new URL('/mot-de-passe', frame.publicUrl).href },
    guidance: [{ key: 'mail.alert.was-you' }, { key: 'mail.alert.was-not-you' }],
    promise: { key: 'mail.alert.promise', values: { from: frame.fromAddress } },
    otherLanguage: aboutInOtherLanguage(frame),
  });
}
