import type { Locale } from './locales.ts';
import { offsetMinutes, zoneAbbreviation } from './zones.ts';

export type Reading = { locale: Locale; zone: string };

const months = {
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juill.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

/** An instant to the second with the zone in force then: `02 févr., 2015 – 15:14:18 HNE`, `Feb 02, 2015 – 15:14:18 EST` (S-16). */
export function formatInstant(at: Date, { locale, zone }: Reading): string {
  const offset = offsetMinutes(at, zone);
  const local = shifted(at, offset);
  return `${day(local, locale)} – ${minutes(local)}:${two(local.getUTCSeconds())} ${zoneAbbreviation(zone, offset, locale)}`;
}

/** The day alone: `02 févr., 2015`, `Feb 02, 2015`. */
export function formatDay(at: Date, { locale, zone }: Reading): string {
  return day(shifted(at, offsetMinutes(at, zone)), locale);
}

/** The time alone, without seconds: `15:14`. */
export function formatTime(at: Date, { zone }: Pick<Reading, 'zone'>): string {
  return minutes(shifted(at, offsetMinutes(at, zone)));
}

/** The machine's form for `<time datetime>`, with the offset in force: `2015-02-02T15:14:18-05:00`. */
export function isoInstant(at: Date, zone: string): string {
  const offset = offsetMinutes(at, zone);
  const distance = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `${shifted(at, offset).toISOString().slice(0, 19)}${sign}${two(Math.trunc(distance / 60))}:${two(distance % 60)}`;
}

/** A date whose UTC fields are those that clocks showed there. */
function shifted(at: Date, offset: number): Date {
  return new Date(at.getTime() + offset * 60_000);
}

function day(local: Date, locale: Locale): string {
  const month = (locale === 'en' ? months.en : months.fr)[local.getUTCMonth()];
  const number = two(local.getUTCDate());
  return locale === 'en' ? `${month} ${number}, ${local.getUTCFullYear()}` : `${number} ${month}, ${local.getUTCFullYear()}`;
}

function minutes(local: Date): string {
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
