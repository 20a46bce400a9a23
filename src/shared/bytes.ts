import type { Locale } from './locales.ts';

const units = { fr: ['o', 'Ko', 'Mo', 'Go', 'To'], en: ['B', 'KB', 'MB', 'GB', 'TB'] } as const;

/** A size for people, in multiples of 1024 so that the limit of 1 073 741 824 bytes reads «1 Go» (S-11): `1,4 Mo`, `1.4 MB`, `212 Ko`. */
export function formatBytes(bytes: number, locale: Locale): string {
  const names = locale === 'en' ? units.en : units.fr;
  let value = bytes;
  let power = 0;
  // 1023.6 KB would be rounded to «1024 KB»: the next unit is taken as soon as rounding reaches it.
  while (power < names.length - 1 && Math.round(value) >= 1024) {
    value /= 1024;
    power += 1;
  }
  const rounded = power > 0 && value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
  const text = locale === 'en' ? String(rounded) : String(rounded).replace('.', ',');
  return `${text}\u00A0${names[power]}`;
}
