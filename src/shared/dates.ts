import type { Locale } from './locales.ts';
import { zoneAbbreviation } from './zones.ts';

export type Reading = { locale: Locale; zone: string };

const months = {
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juill.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

/** An instant to the second with the zone in force then: `02 févr., 2015 – 15:14:18 HNE`, `Feb 02, 2015 – 15:14:18 EST` (S-16). */
export function formatInstant(at: Date, { locale, zone }: Reading): string {
  const local = inZone(at, zone);
  return `${day(local, locale)} – ${minutes(local)}:${two(local.second)} ${zoneAbbreviation(zone, offsetMinutes(local), locale)}`;
}

/** The day alone: `02 févr., 2015`, `Feb 02, 2015`. */
export function formatDay(at: Date, { locale, zone }: Reading): string {
  return day(inZone(at, zone), locale);
}

/** The time alone, without seconds: `15:14`. */
export function formatTime(at: Date, { zone }: Pick<Reading, 'zone'>): string {
  return minutes(inZone(at, zone));
}

/** The machine's form for `<time datetime>`, with the offset in force: `2015-02-02T15:14:18-05:00`. */
export function isoInstant(at: Date, zone: string): string {
  return inZone(at, zone).toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

function inZone(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

function day(local: Temporal.ZonedDateTime, locale: Locale): string {
  const month = (locale === 'en' ? months.en : months.fr)[local.month - 1];
  return locale === 'en' ? `${month} ${two(local.day)}, ${local.year}` : `${two(local.day)} ${month}, ${local.year}`;
}

function minutes(local: Temporal.ZonedDateTime): string {
  return `${two(local.hour)}:${two(local.minute)}`;
}

function offsetMinutes(local: Temporal.ZonedDateTime): number {
  return Math.round(local.offsetNanoseconds / 60e9);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
