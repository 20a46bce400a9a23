import type { Locale } from '#shared/locales.ts';

type Language = { code: Locale; name: string };

/** Each language is named in itself, whatever the page's: these names are never translated. */
export const languages: readonly Language[] = [
  { code: 'fr-CA', name: 'Français (Canada)' },
  { code: 'fr-FR', name: 'Français (France)' },
  { code: 'en', name: 'English' },
];

export function otherLanguage(locale: Locale): Language {
  return locale === 'en' ? { code: 'fr-CA', name: 'Français' } : { code: 'en', name: 'English' };
}

/** The same page in another language. */
export function withLanguage(path: string, code: Locale): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${code}`;
}
