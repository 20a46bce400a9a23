import type { Locale } from '#shared/locales.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** One human. */
export type Profile = {
  id: string;
  displayName: string;
  /** undefined: the browser's language. */
  locale: Locale | undefined;
  /** undefined: the zone of the organisation of the conversation being read (S-16). */
  timeZone: string | undefined;
  theme: Theme;
  status: 'active' | 'suspended';
};

/** One e-mail address. Without a profile, its owner was invited and has not come yet. */
export type Persona = {
  id: string;
  address: string;
  profileId: string | undefined;
  displayName: string | undefined;
  confirmedAt: Date | undefined;
  /** Since when nobody may act under it: the organisation that opened it has suspended or ended its role. */
  closedAt: Date | undefined;
  /** The organisation that opened its account, which alone may close it. */
  vouchedBy: string | undefined;
  /** Its human is suspended for the whole installation. */
  suspended: boolean;
};
