const hour = 3_600_000;
const largestAdvanceMs = 48 * hour;
const largestDifferenceMs = 5 * 60_000;

export type KeyClocks = {
  /** The last sweep by Pli's clock; undefined before the first. */
  lastTickAt: Date | undefined;
  /** Pli's clock. */
  now: Date;
  /** PostgreSQL's clock and this machine's, read at the same moment. */
  databaseNow: Date;
  machineNow: Date;
  /** Since when destruction is held, until `bin/pli keys confirm`; undefined when it is not. */
  heldSince: Date | undefined;
  /** The demonstration's clock is moved on purpose: nothing is held there. */
  demonstration: boolean;
};

export type KeyVerdict = { may: true } | { may: false; reason: 'held' | 'clock-advanced' | 'clocks-differ' };

/**
 * A wrong clock must not destroy keys, for nothing brings them back: held when the clock advanced by more than 48 h since the last sweep
 * or differs from PostgreSQL's by more than 5 minutes, and then until an administrator confirms. Time going back destroys nothing.
 */
export function mayDestroyKeys(clocks: KeyClocks): KeyVerdict {
  if (clocks.demonstration) return { may: true };
  if (clocks.heldSince) return { may: false, reason: 'held' };
  if (clocks.lastTickAt && clocks.now.getTime() - clocks.lastTickAt.getTime() > largestAdvanceMs) return { may: false, reason: 'clock-advanced' };
  if (Math.abs(clocks.machineNow.getTime() - clocks.databaseNow.getTime()) > largestDifferenceMs) return { may: false, reason: 'clocks-differ' };
  return { may: true };
}
