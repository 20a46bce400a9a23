import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { monotonicIds } from './monotonic-ids.ts';

test('ids grow, also when the generator gives the same or an older one', () => {
  const fixed = randomUUIDv7();
  const stuck = monotonicIds(() => fixed);
  const ids = Array.from({ length: 1000 }, stuck);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
});
