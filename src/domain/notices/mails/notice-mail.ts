import type { MessageKey } from '#messages/translate.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { type Letter, type MailFrame, type Rendered, renderLetter, type Sentence } from './letter.ts';

/** The word «collaborateur» only when they are one (000-09). */
const posted = { collaborator: 'mail.notice.from-collaborator', person: 'mail.notice.from-person' } as const;
const openings = {
  'message-posted': posted,
  'expiry-week': posted,
  'expiry-day': posted,
  reminder: posted,
  'person-added': { collaborator: 'mail.notice.added-by-collaborator', person: 'mail.notice.added-by-person' },
  'sent-again': { collaborator: 'mail.notice.again-from-collaborator', person: 'mail.notice.again-from-person' },
  'handed-over': { collaborator: 'mail.handed-over.text', person: 'mail.handed-over.text' },
} as const satisfies Record<NoticeKind, Record<'collaborator' | 'person', MessageKey>>;

const conversationSubject = 'mail.notice.subject-conversation';
const subjects = {
  'message-posted': 'mail.notice.subject',
  reminder: 'mail.reminder.subject',
  'expiry-week': 'mail.expiry.subject',
  'expiry-day': 'mail.expiry.subject',
  'person-added': conversationSubject,
  'sent-again': conversationSubject,
  'handed-over': 'mail.handed-over.subject',
} as const satisfies Record<NoticeKind, MessageKey>;

/** What follows who wrote: that it is still unopened, and until when it can be. */
const urgencies: Partial<Record<NoticeKind, MessageKey>> = {
  reminder: 'mail.reminder.unopened',
  'expiry-week': 'mail.expiry.week',
  'expiry-day': 'mail.expiry.day',
};

type NoticeContent = {
  about: NoticeKind;
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
    key: openings[content.about][content.senderIsCollaborator ? 'collaborator' : 'person'],
    values: { sender: content.sender, count: content.count },
    bold: ['sender'],
  };
  // Somebody added without the past may find no message yet.
  const ofConversation = ['person-added', 'sent-again', 'handed-over'].includes(content.about);
  const several = content.about === 'handed-over' && content.count > 1;
  const otherLanguage = several ? 'mail.handed-over.other-language' : ofConversation ? 'mail.notice.other-language-conversation' : 'mail.notice.other-language';
  const letter: Letter = {
    subject: several ? 'mail.handed-over.subject-several' : subjects[content.about],
    opening: [from, ...urgency(content), ...own(content)],
    act: { label: several ? 'mail.handed-over.button' : ofConversation ? 'mail.notice.button-conversation' : 'mail.notice.button', url: url.href },
    guidance: [
      { key: several ? 'mail.handed-over.opens' : ofConversation ? 'mail.notice.opens-conversation' : 'mail.notice.opens' },
      { key: 'mail.notice.by-hand', values: { site: frame.publicUrl.host, reader: content.reader }, bold: ['site', 'reader'] },
    ],
    promise: { key: content.chosenTitle === undefined ? 'mail.notice.promise' : 'mail.notice.promise-with-title', values: { from: frame.fromAddress } },
    otherLanguage: { label: otherLanguage, url: otherUrl.href },
  };
  return renderLetter(frame, letter);
}

function urgency({ about, count }: NoticeContent): Sentence[] {
  const key = urgencies[about];
  return key ? [{ key, values: { count } }] : [];
}

/** What the organisation decided to add. */
function own({ chosenTitle: title, wording }: NoticeContent): Sentence[] {
  return [
    ...(title === undefined ? [] : [{ key: 'mail.notice.title', values: { title }, bold: ['title'] } as const]),
    ...(wording === undefined ? [] : [{ key: 'mail.notice.wording', values: { wording } } as const]),
  ];
}
