/** How much of a fault is played: `short` inside `npm test`, `ordinary` by `npm run faults`, `long` by `npm run faults -- --long`. */
export type Scale = 'short' | 'ordinary' | 'long';

const asked = process.env.FAULTS_SCALE;
export const scale: Scale = asked === 'ordinary' || asked === 'long' ? asked : 'short';

export function atScale<T>(values: Record<Scale, T>): T {
  return values[scale];
}

const minute = 60_000;

/** The time a fault may take before it is given up. */
export const patience = atScale({ short: 2 * minute, ordinary: 20 * minute, long: 300 * minute });
