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

const quarterHour = 15 * 60_000;
const mostKept = 20_000;
const known = new Map<string, number>();

/**
 * The distance to UTC in force there at that instant, in minutes. Asked sixty times for a page, and slow to find: kept by quarter of an
 * hour, since clocks have only ever been changed on one (IANA's data after 1972). An unknown zone is a RangeError.
 */
export function offsetMinutes(at: Date, zone: string): number {
  const key = `${Math.floor(at.getTime() / quarterHour)} ${zone}`;
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const found = Math.round(Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9);
  if (known.size >= mostKept) known.clear();
  known.set(key, found);
  return found;
}
