import type { Actor } from '#context';
import type { SessionLife } from '#domain/sign-in/api.ts';
import type { MessageKey, Translate, Values } from '#messages/translate.ts';
import type { Locale } from '#shared/locales.ts';
import type { PageAssets } from './assets.ts';
import type { Look } from './brand.ts';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Whom to call. Hours are written by the organisation, in the language of the reader. */
export type SupportContact = { phone?: string | undefined; email?: string | undefined; hours?: string | undefined };

/** What the frame says of an organisation: its name under the logo, its support contact in the footer and on error pages. */
export type OrganisationCard = { name: string; support: SupportContact };

/** Unread messages over all the personas of the actor, and of each (keys are persona ids). */
export type Unread = { total: number; byPersona: Readonly<Record<string, number>>; conversations: Readonly<Record<string, number>> };

/** A sentence kept over one redirect, shown once in a toast. */
export type Flash = { kind: 'success' | 'info'; key: MessageKey; values?: Values };

/** What a page needs besides its own data: who reads, in what language and zone, and what the frame shows around it. */
export type View = {
  locale: Locale;
  t: Translate;
  /** The reader's time zone (S-16). */
  zone: string;
  now: Date;
  theme: Theme;
  /** Path and query of this page, without `lang`: where the language and appearance controls come back to. */
  path: string;
  /** Scheme and host people know the installation by, from `PLI_URL`; never taken from a foreign Host header. */
  origin: string;
  actor: Actor | undefined;
  /** How long the reader's session lasts when nothing more is asked for. */
  life: SessionLife | undefined;
  unread: Unread;
  flash: Flash | undefined;
  demo: boolean;
  /** The organisation the page speaks for; the frame falls back on the installation's own contact. */
  organisation: OrganisationCard | undefined;
  support: SupportContact;
  /** The colours and logo of an organisation, when it has its own. */
  look: Look | undefined;
  assets: PageAssets;
  /** Names of the icons the page has used so far; the sprite at its end draws these only. */
  icons: Set<string>;
};
