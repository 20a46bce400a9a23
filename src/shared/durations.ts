/** An ISO 8601 duration that goes forward, 50 years at most; undefined for anything else. */
export function parseForwardDuration(text: string): Temporal.Duration | undefined {
  try {
    const duration = Temporal.Duration.from(text);
    const start = Temporal.PlainDateTime.from('2000-01-01');
    const end = start.add(duration);
    const forward = Temporal.PlainDateTime.compare(end, start) > 0;
    return forward && Temporal.PlainDateTime.compare(end, start.add({ years: 50 })) <= 0 ? duration : undefined;
  } catch {
    return undefined;
  }
}
