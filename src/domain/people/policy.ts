/** Whether `zone` is a place name of the tz database that this machine knows (`America/Toronto`), not a bare offset. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
