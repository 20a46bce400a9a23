/** Limits of what is done to a conversation after it was started. */
export const lifeLimits = {
  /** Reminders that wait in one conversation. */
  reminders: 5,
  /** Between two reminders asked for in one conversation, in hours. */
  reminderEveryHours: 24,
  /** How long a leave may last, in days. */
  delegationDays: 366,
} as const;

/** The expected "no" of what is done to a conversation after it was started. */
export const conversationLifeRefusals = [
  'holder.present',
  'holder.not-a-collaborator',
  'holder.same',
  'expiry.outside-policy',
  'message.gone',
  'message.opened-by-all',
  'reminder.too-soon',
  'reminder.nobody',
  'reminder.too-many',
  'reminder.wrong-day',
  'delegation.not-a-colleague',
  'delegation.same',
  'delegation.wrong-days',
  'delegation.overlaps',
  'delegation.not-found',
] as const;
