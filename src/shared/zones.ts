import type { Locale } from './locales.ts';

/** Zones that keep the time of Toronto or of Paris, and so their abbreviations. Others show their distance to UTC (S-16). */
const eastern = new Set([
  'America/Toronto',
  'America/Montreal',
  'America/New_York',
  'America/Detroit',
  'America/Nassau',
  'America/Iqaluit',
  'America/Nipigon',
  'America/Thunder_Bay',
]);
const central = new Set([
  ...['Europe/Paris', 'Europe/Brussels', 'Europe/Luxembourg', 'Europe/Zurich', 'Europe/Monaco', 'Europe/Berlin', 'Europe/Amsterdam', 'Europe/Madrid'],
  ...['Europe/Rome', 'Europe/Vienna', 'Europe/Copenhagen', 'Europe/Stockholm', 'Europe/Oslo', 'Europe/Prague', 'Europe/Warsaw', 'Europe/Budapest'],
]);

type Names = Readonly<Record<Locale, string>>;
const easternNames: Readonly<Record<number, Names>> = {
  [-300]: { 'fr-CA': 'HNE', 'fr-FR': 'HNE', en: 'EST' },
  [-240]: { 'fr-CA': 'HAE', 'fr-FR': 'HAE', en: 'EDT' },
};
const centralNames: Readonly<Record<number, Names>> = {
  60: { 'fr-CA': 'HNEC', 'fr-FR': 'CET', en: 'CET' },
  120: { 'fr-CA': 'HAEC', 'fr-FR': 'CEST', en: 'CEST' },
};

/**
 * What a reader calls the zone at that distance from UTC (in minutes). A table of our own: `Intl` knows HNE and HAE in fr-CA only.
 */
export function zoneAbbreviation(zone: string, offset: number, locale: Locale): string {
  const names = eastern.has(zone) ? easternNames : central.has(zone) ? centralNames : undefined;
  return names?.[offset]?.[locale] ?? distanceToUtc(offset);
}

function distanceToUtc(offset: number): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = Math.trunc(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}
