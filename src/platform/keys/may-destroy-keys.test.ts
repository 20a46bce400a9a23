import { expect, test } from 'vitest';
import { type KeyClocks, mayDestroyKeys } from './may-destroy-keys.ts';

const now = new Date('2026-11-21T12:00:00Z');
const quiet: KeyClocks = { lastTickAt: now, now, databaseNow: now, machineNow: now, heldSince: undefined, demonstration: false };
const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

test('keys may be destroyed while the clock goes its way, and at the very first sweep', () => {
  expect(mayDestroyKeys({ ...quiet, now: after(48) })).toEqual({ may: true });
  expect(mayDestroyKeys({ ...quiet, lastTickAt: undefined })).toEqual({ may: true });
  expect(mayDestroyKeys({ ...quiet, now: after(-500) })).toEqual({ may: true });
});

test('more than 48 h since the last sweep: held', () => {
  expect(mayDestroyKeys({ ...quiet, now: after(48.01) })).toEqual({ may: false, reason: 'clock-advanced' });
});

test("more than 5 minutes from PostgreSQL's clock, either way: held", () => {
  expect(mayDestroyKeys({ ...quiet, databaseNow: after(5 / 60) })).toEqual({ may: true });
  expect(mayDestroyKeys({ ...quiet, databaseNow: after(5.1 / 60) })).toEqual({ may: false, reason: 'clocks-differ' });
  expect(mayDestroyKeys({ ...quiet, databaseNow: after(-5.1 / 60) })).toEqual({ may: false, reason: 'clocks-differ' });
});

test('once held, held until somebody confirms', () => {
  expect(mayDestroyKeys({ ...quiet, heldSince: after(-1) })).toEqual({ may: false, reason: 'held' });
});

test("the demonstration's clock is moved on purpose: never held", () => {
  expect(mayDestroyKeys({ ...quiet, now: after(9_000), databaseNow: now, demonstration: true })).toEqual({ may: true });
});
