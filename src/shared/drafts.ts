/** How drafts are bounded: bytes, counts, days, and savings a minute. */
export const draftLimits = {
  /** Far above what a message may hold, so that a text still too long to be sent is kept. */
  bytes: 1536 * 1024,
  perProfile: 50,
  /** Versions kept beside the draft, when several pages write the same one. */
  aside: 3,
  days: 30,
  perMinute: 120,
} as const;

export const draftRefusals = ['draft.too-large', 'draft.too-many', 'draft.too-often', 'draft.too-many-versions', 'draft.already-sent'] as const;

/** The fields that a person fills with words; the others (holder, date) have a value from the start. */
export const wordFields = ['titre', 'participants', 'message'] as const;
