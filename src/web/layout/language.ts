import type { Context } from 'hono';
import { defaultLocale, type Locale } from '#shared/locales.ts';
import { keepPreference, readPreference } from './cookies.ts';

const year = 365 * 24 * 3600;

/**
 * The language of a page: `?lang=`, then what this browser chose before, then the person's own, then `Accept-Language`.
 * French is that of Québec unless France is named.
 */
export function chooseLocale(c: Context, { https, own }: { https: boolean; own?: Locale | undefined }): Locale {
  return askedLocale(c) ?? localeOf(readPreference(c, 'langue', { https })) ?? own ?? preferredLocale(c.req.header('accept-language'));
}

/** Remembers the language that `?lang=` asks for, if it does. */
export function rememberAskedLocale(c: Context, { https }: { https: boolean }): void {
  const asked = askedLocale(c);
  if (asked) keepLocale(c, asked, { https });
}

function askedLocale(c: Context): Locale | undefined {
  return localeOf(c.req.query('lang'));
}

/** Remembers in this browser the language a person chose in their profile. */
export function keepLocale(c: Context, locale: Locale, { https }: { https: boolean }): void {
  keepPreference(c, 'langue', locale, { https, maxAge: year });
}

/** The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4). */
export function preferredLocale(header: string | undefined): Locale {
  const ranges = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { locale: localeOf(tag), quality: weight ? Number(weight.slice(2)) || 0 : 1 };
    })
    .filter(({ locale, quality }) => locale && quality > 0);
  return ranges.sort((one, other) => other.quality - one.quality)[0]?.locale ?? defaultLocale;
}

function localeOf(tag: string | undefined): Locale | undefined {
  const lower = tag?.toLowerCase() ?? '';
  if (lower === 'en' || lower.startsWith('en-')) return 'en';
  if (lower === 'fr-fr') return 'fr-FR';
  return lower === 'fr' || lower.startsWith('fr-') ? 'fr-CA' : undefined;
}
