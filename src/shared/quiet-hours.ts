import { instantAt, localTime } from './expiry.ts';

/** When somebody wants no notice. Minutes since local midnight; an end that is not after the beginning falls on the next day. */
export type QuietHours = {
  from: number;
  to: number;
  /** The days on which they begin, 1 for Monday to 7 (ISO 8601). */
  days: readonly number[];
};

export const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;

/** Quiet hours that never end would hide every message. */
export function isEndless({ from, to, days }: QuietHours): boolean {
  return from === to && new Set(days).size === everyDay.length;
}

/**
 * When what is due at `now` may be told in `zone`: the end of the quiet hours it falls in, and of those that follow without a pause; undefined
 * when it falls in none. A local time that does not exist is the first valid one after; an ambiguous one the first (as S-03).
 */
export function quietUntil(now: Date, quiet: QuietHours, zone: string): Date | undefined {
  let end: Date | undefined;
  // Whole days of six, and one night more, at most: a chain is never longer than a week.
  for (let at: Date | undefined = now, links = 0; at && links <= everyDay.length; links++) {
    const next = endOfQuietAt(at, quiet, zone);
    if (next === undefined || next <= at) return end;
    end = next;
    at = next;
  }
  return end;
}

function endOfQuietAt(at: Date, { from, to, days }: QuietHours, zone: string): Date | undefined {
  const today = localTime(at, zone).toPlainDate();
  for (const day of [today.subtract({ days: 1 }), today]) {
    if (!days.includes(day.dayOfWeek)) continue;
    const begins = instantAt(day.toPlainDateTime(clock(from)), zone);
    const ends = instantAt((to > from ? day : day.add({ days: 1 })).toPlainDateTime(clock(to)), zone);
    if (begins <= at && at < ends) return ends;
  }
  return undefined;
}

function clock(minutes: number): Temporal.PlainTime {
  return Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

/** `22:00` → 1320; undefined for anything else. */
export function readClock(typed: string): number | undefined {
  const match = /^([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(typed.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** 1320 → `22:00`, as a time field wants it. */
export function writeClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
