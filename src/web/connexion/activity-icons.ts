import type { IconName } from '#web/kit/icon.tsx';

/** The drawing of each kind of activity (000-40), in the history and among the messages. */
export const activityIcons = {
  created: 'plus',
  'participant-added': 'user-plus',
  'participant-added-without-past': 'user-plus',
  'collaborator-added': 'user-plus',
  'collaborator-added-without-past': 'user-plus',
  'person-removed': 'user-minus',
  'person-left': 'user-minus',
  'address-corrected': 'pencil',
  'notice-sent-again': 'send',
  'message-posted': 'send',
  'message-opened': 'mail-open',
  'attachment-downloaded': 'download',
  'message-expired': 'hourglass',
  'message-withdrawn': 'undo-2',
  'title-changed': 'pencil',
  'expiry-changed': 'clock',
  'lifetime-changed': 'clock',
  reminded: 'bell',
  closed: 'lock',
  reopened: 'mail-open',
  'taken-over': 'user-round',
  transferred: 'user-round',
  'delegate-joined': 'user-plus',
  'delegate-left': 'user-minus',
} as const satisfies Record<string, IconName>;
