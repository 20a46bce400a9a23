import type { ReminderKind } from '../remind-unopened.ts';
import { type Letter, type MailFrame, type Rendered, renderLetter, type Sentence } from './letter.ts';

const subjects = {
  reminder: 'mail.reminder.subject',
  'expiry-week': 'mail.expiry.subject',
  'expiry-day': 'mail.expiry.subject',
} as const satisfies Record<ReminderKind, Letter['subject']>;

/** What follows who wrote: that it is still unopened, and until when it can be. */
const urgencies = {
  reminder: 'mail.reminder.unopened',
  'expiry-week': 'mail.expiry.week',
  'expiry-day': 'mail.expiry.day',
} as const satisfies Record<ReminderKind, Letter['subject']>;

type NoticeContent = {
  reminder?: ReminderKind | undefined;
  count: number;
  reader: string;
  sender: string;
  senderIsCollaborator: boolean;
  chosenTitle?: string | undefined;
  wording?: string | undefined;
  token: string;
};

/** The notice (000-08 … 000-12): who wrote, a button to the sign-in page, the way without clicking, what a notice never holds. */
export function noticeMail(frame: MailFrame, content: NoticeContent): Rendered {
  const url = new URL(`/avis/${content.token}`, frame.publicUrl);
  const otherUrl = new URL(url);
  otherUrl.searchParams.set('lang', frame.locale === 'en' ? 'fr' : 'en');
  const from: Sentence = {
    key: content.senderIsCollaborator ? 'mail.notice.from-collaborator' : 'mail.notice.from-person',
    values: { sender: content.sender, count: content.count },
    bold: ['sender'],
  };
  const letter: Letter = {
    subject: content.reminder ? subjects[content.reminder] : 'mail.notice.subject',
    opening: [from, ...urgency(content), ...own(content)],
    act: { label: 'mail.notice.button', url: url.href },
    guidance: [
      { key: 'mail.notice.opens' },
      { key: 'mail.notice.by-hand', values: { site: frame.publicUrl.host, reader: content.reader }, bold: ['site', 'reader'] },
    ],
    promise: { key: content.chosenTitle === undefined ? 'mail.notice.promise' : 'mail.notice.promise-with-title', values: { from: frame.fromAddress } },
    otherLanguage: { label: 'mail.notice.other-language', url: otherUrl.href },
  };
  return renderLetter(frame, letter);
}

function urgency({ reminder, count }: NoticeContent): Sentence[] {
  return reminder ? [{ key: urgencies[reminder], values: { count } }] : [];
}

/** What the organisation decided to add. */
function own({ chosenTitle: title, wording }: NoticeContent): Sentence[] {
  return [
    ...(title === undefined ? [] : [{ key: 'mail.notice.title', values: { title }, bold: ['title'] } as const]),
    ...(wording === undefined ? [] : [{ key: 'mail.notice.wording', values: { wording } } as const]),
  ];
}
