import { defaultLocale, type Locale, locales } from '#shared/locales.ts';

/** A language as a row holds it; one that this version does not speak any more becomes the usual one. */
export function knownLocale(stored: string): Locale {
  return locales.find((locale) => locale === stored) ?? defaultLocale;
}
