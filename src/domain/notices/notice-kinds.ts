/** Told of what is still unopened: it expires within a week, within a day, or a collaborator asked for it. */
export const reminderKinds = ['expiry-week', 'expiry-day', 'reminder'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/**
 * What a notice tells its reader: a message waits, somebody added them to a conversation, somebody tells them again that something waits,
 * conversations were handed over to them.
 */
export const noticeKinds = ['message-posted', 'person-added', 'sent-again', 'handed-over', ...reminderKinds] as const;
export type NoticeKind = (typeof noticeKinds)[number];
