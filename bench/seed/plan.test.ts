import { expect, test } from 'vitest';
import { idOf } from './ids.ts';
import { openersOf, partsOf, planData, sizesAt } from './plan.ts';

const now = Date.parse('2026-11-22T05:00:00.000Z');

test('at scale 1 there are 100 000 conversations, 1 000 000 messages, 2 000 000 activities and 5 000 people', () => {
  const sizes = sizesAt(1);
  const plan = planData(sizes, now);
  expect([sizes.conversations, sizes.people, plan.sentAt.length]).toEqual([100_000, 5_000, 1_000_000]);
  let openings = 0;
  for (let m = 0; m < plan.sentAt.length; m++) openings += openersOf(plan, m).length;
  const activities = sizes.conversations + (sizes.conversations + sizes.pairs) + plan.sentAt.length + openings;
  expect(activities).toBeGreaterThanOrEqual(2_000_000);
  expect(activities).toBeLessThan(2_020_000);
});

test.for([0.001, 0.1, 1])('at scale %d one persona has 10 000 conversations, of which 500 have an envelope still sealed, and one has 20', (scale) => {
  const sizes = sizesAt(scale);
  const plan = planData(sizes, now);
  const { long, short } = partsOf(sizes);
  const of = (person: number) => [...plan.reader.keys()].filter((c) => plan.reader[c] === person);
  expect([of(long).length, of(short).length]).toEqual([10_000, 20]);
  const sealed = of(long).filter((c) => plan.unopened[c] === 1);
  expect(sealed).toHaveLength(500);
  // Sent by the holder: unread there, and not with the holder.
  expect(sealed.every((c) => plan.sender[(plan.first[c] ?? 0) + (plan.count[c] ?? 0) - 1] === plan.holder[c])).toBe(true);
});

test('nothing lies in the future, and nobody of a pair is in another', () => {
  const sizes = sizesAt(0.001);
  const plan = planData(sizes, now);
  expect(Math.max(...plan.createdAt)).toBeLessThan(now);
  expect(plan.sentAt.every((at) => at < now - 9 * 3_600_000)).toBe(true);
  const paired = Array.from({ length: sizes.pairs }, (_, n) => partsOf(sizes).pair(n)).flat();
  expect(new Set(paired).size).toBe(2 * sizes.pairs);
  expect(Math.max(...paired)).toBeLessThan(sizes.people);
});

test('ids are UUIDs of version 7 that grow with time, and two hundred thousand of them differ', () => {
  const ids = Array.from({ length: 200_000 }, (_, n) => idOf('message', n, now + Math.floor(n / 1000)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[1_234]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  expect((ids[0] ?? '') < (ids[199_999] ?? '')).toBe(true);
  expect(idOf('message', 7, now)).not.toBe(idOf('activity', 7, now));
});
