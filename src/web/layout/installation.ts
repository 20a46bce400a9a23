import type { SignedInCtx } from '#context';
import type { Locale } from '#shared/locales.ts';
import type { PageAssets } from './assets.ts';
import type { Look } from './brand.ts';
import type { OrganisationCard, SupportContact, Unread } from './view.ts';

/** What the frame must be told once, when the program starts. */
export type Installation = {
  /** Scheme and host of `PLI_URL`. Without it the request's own Host serves, when it is loopback. */
  origin: string | undefined;
  demo: boolean;
  assets: PageAssets;
  /** Zone of a reader who has none of their own and no organisation (S-16). */
  zone: string;
  support: (locale: Locale) => SupportContact;
  /** Colours and logo of pages: of this organisation, else of the only one there is. */
  lookOf?: (organisationId: string | undefined) => Look | undefined;
  unreadOf: (ctx: SignedInCtx) => Promise<Unread>;
  /** The organisation the actor works for, if they work for one, and its zone. */
  organisationOf: (ctx: SignedInCtx) => Promise<(OrganisationCard & { zone?: string }) | undefined>;
};

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** The origin this request may trust, or undefined when its Host is not one of ours. */
export function trustedOrigin(url: string, origin: string | undefined): string | undefined {
  if (origin) return origin;
  const own = URL.parse(url);
  return own && loopback.test(own.hostname) ? own.origin : undefined;
}
