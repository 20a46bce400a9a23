import { conversationLimits } from './conversations.ts';
import { type Locale, locales } from './locales.ts';
import { addressKey } from './people.ts';

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

/** The longest sentence an organisation may add to its notices, in characters. */
export const noticeWordingLength = 200;

/** Whether a text holds something that a mail program would turn into a link: a notice has one, and it is ours. */
export function holdsLink(text: string): boolean {
  return /[a-z][a-z0-9+.-]*:\/\/|www\.|\S@\S|[\p{L}\p{N}-]\.\p{L}{2,}/iu.test(text);
}

/** The language of a notice: the reader's if the organisation writes in it, else its sister, else the organisation's own. */
export function offeredLocale(policy: Pick<Policy, 'locales'>, wanted: Locale, own: Locale): Locale {
  const language = (locale: Locale) => locale.slice(0, 2);
  const { locales: offered } = policy;
  if (offered.includes(wanted)) return wanted;
  return offered.find((locale) => language(locale) === language(wanted)) ?? (offered.includes(own) ? own : (offered[0] ?? own));
}

/** Of these addresses, those that an organisation's people may not write to: the domain itself or one above it must be listed. */
export function addressesNotAllowed({ recipientDomains }: Pick<Policy, 'recipientDomains'>, addresses: readonly string[]): string[] {
  if (recipientDomains.length === 0) return [];
  return addresses.filter((address) => {
    const domain = addressKey(address).split('@').at(-1) ?? '';
    return !recipientDomains.some((allowed) => domain === allowed || domain.endsWith(`.${allowed}`));
  });
}

export type WidestRules = Pick<Policy, 'filesBytes' | 'fileTypes'> & { expiryDays: Pick<Policy['expiryDays'], 'min' | 'max'> };

/** What at least one of several organisations allows: what a form says before it knows for which one it is written. */
export function widestRules(policies: readonly Policy[]): WidestRules {
  const all = policies.length > 0 ? policies : [standardPolicy];
  return {
    filesBytes: Math.max(...all.map(({ filesBytes }) => filesBytes)),
    fileTypes: all.some(({ fileTypes }) => fileTypes.length === 0) ? [] : [...new Set(all.flatMap(({ fileTypes }) => fileTypes))],
    expiryDays: { min: Math.min(...all.map(({ expiryDays }) => expiryDays.min)), max: Math.max(...all.map(({ expiryDays }) => expiryDays.max)) },
  };
}
