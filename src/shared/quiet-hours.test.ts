import { describe, expect, test } from 'vitest';
import { everyDay, isEndless, quietUntil, readClock, writeClock } from './quiet-hours.ts';

const toronto = 'America/Toronto';
const night = { from: 22 * 60, to: 7 * 60, days: everyDay };

function until(at: string, quiet: Parameters<typeof quietUntil>[1] = night, zone = toronto) {
  return quietUntil(new Date(at), quiet, zone)?.toISOString();
}

describe('000-Y2: quiet hours', () => {
  test('000-Y2: a night ends at seven of the next morning, also when it is past midnight; the day is not quiet', () => {
    expect(until('2026-01-15T03:30:00Z')).toBe('2026-01-15T12:00:00.000Z');
    expect(until('2026-01-15T08:00:00Z')).toBe('2026-01-15T12:00:00.000Z');
    expect(until('2026-01-15T12:00:00Z')).toBeUndefined();
    expect(until('2026-01-15T02:59:59.999Z')).toBeUndefined();
    expect(until('2026-01-15T03:00:00Z')).toBe('2026-01-15T12:00:00.000Z');
  });

  test('000-Y2: belong to the day on which they begin', () => {
    const fridays = { ...night, days: [5] };
    expect(until('2026-01-17T03:30:00Z', fridays)).toBe('2026-01-17T12:00:00.000Z');
    expect(until('2026-01-17T08:00:00Z', fridays)).toBe('2026-01-17T12:00:00.000Z');
    expect(until('2026-01-18T03:30:00Z', fridays)).toBeUndefined();
  });

  test('000-Y2: whole days join; with every day whole they never end, and are refused', () => {
    const weekend = { from: 0, to: 0, days: [6, 7] };
    expect(until('2026-01-17T15:00:00Z', weekend)).toBe('2026-01-19T05:00:00.000Z');
    expect(isEndless(weekend)).toBe(false);
    expect(isEndless({ from: 480, to: 480, days: everyDay })).toBe(true);
    expect(until('2026-01-12T15:00:00Z', { from: 0, to: 0, days: [1, 2, 3, 4, 5, 6] })).toBe('2026-01-18T05:00:00.000Z');
  });

  test('000-Y2: within one day', () => {
    expect(until('2026-01-15T18:00:00Z', { from: 12 * 60, to: 14 * 60, days: [4] })).toBe('2026-01-15T19:00:00.000Z');
  });

  test('000-Y2: the night on which clocks go forward is an hour shorter, the one on which they go back an hour longer', () => {
    expect(until('2026-03-08T04:00:00Z')).toBe('2026-03-08T11:00:00.000Z');
    expect(until('2026-11-01T03:00:00Z')).toBe('2026-11-01T12:00:00.000Z');
  });

  test('000-Y2: an end that does not exist is the first valid time after; one that comes twice is the first', () => {
    expect(until('2026-03-08T05:30:00Z', { from: 22 * 60, to: 2 * 60 + 30, days: everyDay })).toBe('2026-03-08T07:00:00.000Z');
    expect(until('2026-11-01T04:30:00Z', { from: 22 * 60, to: 90, days: everyDay })).toBe('2026-11-01T05:30:00.000Z');
    expect(until('2026-11-01T06:00:00Z', { from: 22 * 60, to: 90, days: everyDay })).toBeUndefined();
  });

  test('000-Y2: over the end of the year, and where midnight does not exist', () => {
    expect(until('2027-01-01T04:59:59Z')).toBe('2027-01-01T12:00:00.000Z');
    expect(until('2026-12-31T23:30:00Z', { ...night, days: [4] }, 'Europe/Paris')).toBe('2027-01-01T06:00:00.000Z');
    // In Beirut the clocks of 29 March 2026 go from 0:00 to 1:00.
    expect(until('2026-03-28T21:00:00Z', { from: 22 * 60, to: 0, days: everyDay }, 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z');
  });

  test('are written as a field of hours writes them, and as people do', () => {
    expect(['22:00', '7:05', '07h05', ' 0:00 '].map(readClock)).toEqual([1320, 425, 425, 0]);
    expect(['24:00', '7', '12:60', '-1:00', ''].map(readClock)).toEqual(Array(5).fill(undefined));
    expect([0, 425, 1320].map(writeClock)).toEqual(['00:00', '07:05', '22:00']);
  });
});
