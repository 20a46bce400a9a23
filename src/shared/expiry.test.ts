import { expect, test } from 'vitest';
import { daysUntil, expiryOf, localDay, utcDay } from './expiry.ts';

const toronto = 'America/Toronto';
const paris = 'Europe/Paris';

test('000-47 S-03: one calendar year less one day, at the same local time: the example of the guide', () => {
  expect(expiryOf(new Date('2015-02-02T20:14:18Z'), toronto, undefined).toISOString()).toBe('2016-02-01T20:14:18.000Z');
});

test('S-03: 29 February clamps to the 28th first', () => {
  expect(expiryOf(new Date('2024-02-29T17:00:00Z'), toronto, undefined).toISOString()).toBe('2025-02-27T17:00:00.000Z');
});

test('S-03: the local time stays when the offset does not', () => {
  // Sent in summer time, expires in winter time: 1 November 2026 goes back to HNE on that day at 2:00.
  expect(expiryOf(new Date('2025-11-02T05:30:00Z'), toronto, undefined).toISOString()).toBe('2026-11-01T05:30:00.000Z');
});

test('S-03: a local time that does not exist is the first valid one after', () => {
  // 2026-03-29 02:30 does not exist in Paris: clocks go from 02:00 to 03:00 at 01:00 UTC.
  expect(expiryOf(new Date('2026-03-28T01:30:00Z'), paris, 1).toISOString()).toBe('2026-03-29T01:00:00.000Z');
});

test('S-03: an ambiguous local time is the first of the two', () => {
  // 2026-10-25 02:30 happens twice in Paris; the first is still summer time.
  expect(expiryOf(new Date('2026-10-24T00:30:00Z'), paris, 1).toISOString()).toBe('2026-10-25T00:30:00.000Z');
});

test('days are counted in the zone, not in UTC', () => {
  const late = new Date('2026-11-21T03:30:00Z');
  expect(localDay(late, toronto)).toBe('2026-11-20');
  expect(utcDay(late)).toBe('2026-11-21');
  expect(daysUntil(late, '2026-11-23', toronto)).toBe(3);
});
