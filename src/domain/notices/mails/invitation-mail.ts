import { aboutInOtherLanguage, type MailFrame, type Rendered, renderLetter } from './letter.ts';

/** An organisation gave its reader a role: where to sign in, and how. No key is in it. */
export function invitationMail(frame: MailFrame, content: { reader: string }): Rendered {
  const organisation = frame.organisation?.name ?? '';
  return renderLetter(frame, {
    subject: 'mail.invitation.subject',
    opening: [{ key: 'mail.invitation.opening', values: { organisation }, bold: ['organisation'] }],
    act: { label: 'mail.invitation.button', url: new URL('/ouvrir-une-session', frame.publicUrl).href },
    guidance: [{ key: 'mail.invitation.how', values: { reader: content.reader }, bold: ['reader'] }, { key: 'mail.invitation.not-you' }],
    promise: { key: 'mail.invitation.promise', values: { from: frame.fromAddress } },
    otherLanguage: aboutInOtherLanguage(frame),
  });
}
