import type { Locale } from '#shared/locales.ts';
import type { Role } from '#shared/people.ts';

export type Organisation = {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  locale: Locale;
  /** Days a message lives; undefined is one calendar year less one day (S-03). */
  expiryDays: number | undefined;
  support: { phone: string | undefined; email: string | undefined; hoursFr: string | undefined; hoursEn: string | undefined };
};

export type Membership = { id: string; organisationId: string; personaId: string; role: Role };

export const membershipStatuses = ['active', 'suspended', 'ended'] as const;
export type MembershipStatus = (typeof membershipStatuses)[number];
