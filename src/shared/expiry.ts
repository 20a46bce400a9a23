/** Milliseconds of a day, where a day is 24 h (key rules, not calendar ones). */
export const dayMilliseconds = 86_400_000;

/** The UTC day an instant falls on, `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * When a message sent at `sentAt` expires in the organisation's `zone` (S-03, 000-47): one calendar year less one day later,
 * or `days` later, at the same local time. 29 February clamps to the 28th first.
 */
export function expiryOf(sentAt: Date, zone: string, days: number | undefined): Date {
  const local = localTime(sentAt, zone);
  return instantAt(days === undefined ? local.add({ years: 1 }).subtract({ days: 1 }) : local.add({ days }), zone);
}

/** The instant at which an expiry moved to the local day `on` (`YYYY-MM-DD`) falls: at the local time of the sending. */
export function atLocalTimeOn(sentAt: Date, on: string, zone: string): Date {
  return instantAt(Temporal.PlainDate.from(on).toPlainDateTime(localTime(sentAt, zone).toPlainTime()), zone);
}

/** The first instant of the local day `on` (`YYYY-MM-DD`), or of the one `later` days after it. */
export function startOfDay(on: string, zone: string, later = 0): Date {
  return instantAt(Temporal.PlainDate.from(on).add({ days: later }).toPlainDateTime(), zone);
}

/** Nine in the morning of the local day `on` (`YYYY-MM-DD`). */
export function morningOf(on: string, zone: string): Date {
  return instantAt(Temporal.PlainDate.from(on).toPlainDateTime(new Temporal.PlainTime(9)), zone);
}

/** When those who have not opened a message are next reminded of its expiry: a week before, a day before, then never again (S-03). */
export function nextReminder(now: Date, expiresAt: Date): Date | undefined {
  const before = [7, 1].map((days) => new Date(expiresAt.getTime() - days * dayMilliseconds));
  return before.find((at) => at > now);
}

/** How many days lie between the local day of `sentAt` and the day `on` (`YYYY-MM-DD`) in `zone`. */
export function daysUntil(sentAt: Date, on: string, zone: string): number {
  return localTime(sentAt, zone).toPlainDate().until(Temporal.PlainDate.from(on), { largestUnit: 'day' }).days;
}

/** The local day of an instant, `YYYY-MM-DD`. */
export function localDay(at: Date, zone: string): string {
  return localTime(at, zone).toPlainDate().toString();
}

export function localTime(at: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** The instant of a local time: the first of two when it is ambiguous, the first valid one after when it does not exist. */
export function instantAt(local: Temporal.PlainDateTime, zone: string): Date {
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(local)) return new Date(first.epochMilliseconds);
  // In a gap «earlier» lands before it: the transition that follows is the first local time that exists.
  const transition = first.getTimeZoneTransition('next') ?? first;
  return new Date(transition.epochMilliseconds);
}
