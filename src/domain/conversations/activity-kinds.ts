/** The vocabulary of the activities (000-40), as far as this version writes it. */
export type ActivityKind =
  | 'created'
  | 'participant-added'
  | 'participant-added-without-past'
  | 'collaborator-added'
  | 'collaborator-added-without-past'
  | 'made-collaborator'
  | 'made-participant'
  | 'person-removed'
  | 'person-left'
  | 'address-corrected'
  | 'notice-sent-again'
  | 'message-posted'
  | 'message-opened'
  | 'attachment-downloaded'
  | 'message-expired'
  | 'message-withdrawn'
  | 'title-changed'
  | 'expiry-changed'
  | 'lifetime-changed'
  | 'reminded'
  | ThreadLineKind;

/** Those that everybody also reads among the messages. */
export const threadLineKinds = ['closed', 'reopened', 'taken-over', 'transferred', 'delegate-joined', 'delegate-left'] as const;
export type ThreadLineKind = (typeof threadLineKinds)[number];
