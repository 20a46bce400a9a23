/** The zones offered first are those of our readers; any other that the machine knows follows, by name. */
const usual = ['America/Toronto', 'America/Halifax', 'America/Vancouver', 'Europe/Paris', 'Europe/Brussels', 'Europe/Zurich'];

export function timeZones(current: string | undefined): string[] {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  return [...new Set([...usual, ...(current === undefined ? [] : [current]), ...known])];
}
