import { conversationLimits } from './conversations.ts';
import { type Locale, locales } from './locales.ts';

/** Colours of an organisation, `#rrggbb`: actions on light paper, actions on dark paper, and the header. */
export type Brand = { light: string; dark: string; header: string };

/** What an organisation's administrator decides for everybody in it. */
export type Policy = {
  /** Grows with each change; 0: nothing was ever decided. */
  version: number;
  /** Days a message lives. `standard` undefined is one calendar year less one day (S-03); nobody may choose less than `min` or more than `max`. */
  expiryDays: { standard: number | undefined; min: number; max: number };
  /** The files of one message together, bytes (S-11). */
  filesBytes: number;
  /** Extensions that may be joined, in small letters without a dot; empty: all. */
  fileTypes: readonly string[];
  /** Domains that may be written to, in small letters; empty: all. */
  recipientDomains: readonly string[];
  /** Whether a notice says the title (000-12); it then travels in clear. */
  titleInNotices: boolean;
  /** Whether participants see the activities of their conversations (000-39), or collaborators alone. */
  activitiesForParticipants: boolean;
  /** Languages in which the organisation's notices are written; never empty. */
  locales: readonly Locale[];
  /** A sentence of the organisation's own, added to its notices. */
  noticeWording: { fr?: string | undefined; en?: string | undefined };
  /** undefined: Pli's own colours. */
  brand: Brand | undefined;
};

/** What holds until an administrator decides otherwise. */
export const standardPolicy: Policy = {
  version: 0,
  expiryDays: { standard: undefined, min: 1, max: conversationLimits.expiryDays },
  filesBytes: conversationLimits.filesBytes,
  fileTypes: [],
  recipientDomains: [],
  titleInNotices: false,
  activitiesForParticipants: true,
  locales,
  noticeWording: {},
  brand: undefined,
};
