import { type Letter, type MailFrame, type Rendered, renderLetter, type Sentence } from './letter.ts';

type NoticeContent = {
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
    subject: 'mail.notice.subject',
    opening: [from, ...own(content)],
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

/** What the organisation decided to add. */
function own({ chosenTitle: title, wording }: NoticeContent): Sentence[] {
  return [
    ...(title === undefined ? [] : [{ key: 'mail.notice.title', values: { title }, bold: ['title'] } as const]),
    ...(wording === undefined ? [] : [{ key: 'mail.notice.wording', values: { wording } } as const]),
  ];
}
