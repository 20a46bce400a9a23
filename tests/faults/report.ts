import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scale } from './scale.ts';

/** One line of the table that `npm run faults` prints. What has no meaning for a fault is absent. */
export type Figures = {
  fault: string;
  /** How often it was played. */
  rounds: number;
  /** What was promised and is not there: messages, files, notices, requests. */
  lost?: number;
  duplicated?: number;
  orphans?: number;
  /** What was read after its expiry. */
  leaked?: number;
  /** From the end of the fault, or from the command that starts Pli again, to the first answer that does what was asked; milliseconds. */
  recoveries?: readonly number[];
  /** What the slowest may take. */
  withinMs?: number;
  /** What was done, in numbers: how many posts, requests, bytes. */
  of: string;
  /** The same checker before something that is broken on purpose: what it must see, and what it saw. */
  controls: readonly Control[];
};

export type Control = { broken: string; expected: number | 'some'; seen: number };

/**
 * Judges a fault and keeps its figures for the table. Times are held by the slowest in `npm run faults`, and by the quickest inside `npm test`,
 * where the machine has other work; counts are held to the last one in both.
 */
export function conclude(figures: Figures): void {
  const { lost = 0, duplicated = 0, orphans = 0, leaked = 0, recoveries = [], withinMs = 0, controls } = figures;
  const sorted = [...recoveries].sort((a, b) => a - b);
  const [slowest = 0, median = 0, quickest = 0] = [sorted.at(-1), sorted[Math.floor((sorted.length - 1) / 2)], sorted[0]];
  const line = {
    ...figures,
    ...(sorted.length > 0 ? { slowestMs: Math.round(slowest), medianMs: Math.round(median) } : {}),
    recoveries: undefined,
  };
  const folder = process.env.FAULTS_RESULTS;
  if (folder) writeFileSync(join(folder, `${figures.fault.replaceAll(/\W+/gu, '-')}.json`), JSON.stringify(line));
  expect({ lost, duplicated, orphans, leaked }, figures.fault).toEqual({ lost: 0, duplicated: 0, orphans: 0, leaked: 0 });
  for (const { broken, expected, seen } of controls) {
    if (expected === 'some') expect(seen, `not seen: ${broken}`).toBeGreaterThan(0);
    else expect(seen, `not seen: ${broken}`).toBe(expected);
  }
  if (sorted.length > 0) expect(scale === 'short' ? quickest : slowest, `${figures.fault}: recovery`).toBeLessThanOrEqual(withinMs);
}
