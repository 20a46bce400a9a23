import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, formatInstant, formatTime, isoInstant } from './dates.ts';

const february = new Date('2015-02-02T20:14:18Z');
const july = new Date('2026-07-02T18:00:46Z');

describe('dates', () => {
  test('000-45 000-46 S-16: the guide’s own example, to the second, in both languages', () => {
    expect(formatInstant(february, { locale: 'fr-CA', zone: 'America/Toronto' })).toBe('02 févr., 2015 – 15:14:18 HNE');
    expect(formatInstant(february, { locale: 'fr-FR', zone: 'America/Toronto' })).toBe('02 févr., 2015 – 15:14:18 HNE');
    expect(formatInstant(february, { locale: 'en', zone: 'America/Toronto' })).toBe('Feb 02, 2015 – 15:14:18 EST');
  });

  test('000-46 S-16: the zone is the one in force at that instant', () => {
    expect(formatInstant(july, { locale: 'fr-CA', zone: 'America/Toronto' })).toBe('02 juill., 2026 – 14:00:46 HAE');
    expect(formatInstant(july, { locale: 'en', zone: 'America/Toronto' })).toBe('Jul 02, 2026 – 14:00:46 EDT');
    // The two sides of the hour that Toronto lived twice on 1 November 2026.
    expect(formatInstant(new Date('2026-11-01T05:59:59Z'), { locale: 'fr-CA', zone: 'America/Toronto' })).toBe('01 nov., 2026 – 01:59:59 HAE');
    expect(formatInstant(new Date('2026-11-01T06:00:00Z'), { locale: 'fr-CA', zone: 'America/Toronto' })).toBe('01 nov., 2026 – 01:00:00 HNE');
  });

  test('S-16: Paris is HNEC or HAEC in Québec, CET or CEST in France and in English', () => {
    const paris = (at: Date, locale: 'fr-CA' | 'fr-FR' | 'en') => formatInstant(at, { locale, zone: 'Europe/Paris' }).split(' ').at(-1);
    expect([paris(february, 'fr-CA'), paris(february, 'fr-FR'), paris(february, 'en')]).toEqual(['HNEC', 'CET', 'CET']);
    expect([paris(july, 'fr-CA'), paris(july, 'fr-FR'), paris(july, 'en')]).toEqual(['HAEC', 'CEST', 'CEST']);
  });

  test('S-16: any other zone says how far it is from UTC', () => {
    const abbreviation = (zone: string) => formatInstant(july, { locale: 'fr-CA', zone }).split(' ').at(-1);
    expect(abbreviation('UTC')).toBe('UTC');
    expect(abbreviation('America/Vancouver')).toBe('UTC−7');
    expect(abbreviation('Asia/Kolkata')).toBe('UTC+5:30');
    expect(abbreviation('Pacific/Auckland')).toBe('UTC+12');
  });

  test('000-46: French months are abbreviated as the guide does', () => {
    const months = Array.from({ length: 12 }, (_, month) => formatDay(new Date(Date.UTC(2026, month, 15)), { locale: 'fr-CA', zone: 'UTC' }).split(/[ ,]/)[1]);
    expect(months).toEqual(['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juill.', 'août', 'sept.', 'oct.', 'nov.', 'déc.']);
  });

  test('at any second of a century and in any zone, they are what Temporal says', () => {
    const zones = ['America/Toronto', 'Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];
    const seconds = fc.integer({ min: Date.UTC(1973, 0, 1) / 1000, max: Date.UTC(2073, 0, 1) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        const local = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone);
        expect(isoInstant(new Date(second * 1000), zone)).toBe(local.toString({ timeZoneName: 'never' }));
      }),
      { numRuns: 2000 },
    );
  });

  test('the day and the time alone, and the machine’s form', () => {
    expect(formatDay(february, { locale: 'en', zone: 'Europe/Paris' })).toBe('Feb 02, 2015');
    expect(formatTime(february, { zone: 'Europe/Paris' })).toBe('21:14');
    expect(isoInstant(february, 'America/Toronto')).toBe('2015-02-02T15:14:18-05:00');
  });
});
