/** What a notice tells its reader: a message waits, somebody added them to a conversation, somebody tells them again that something waits. */
export const noticeKinds = ['message-posted', 'person-added', 'sent-again'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
