import { expect, test } from 'vitest';
import { openMemory } from './open-memory.ts';

function counting() {
  let reads = 0;
  return { read: async () => ++reads };
}

test('what is known is read once while it is fresh, and again once it is forgotten', async () => {
  const memory = openMemory();
  const { read } = counting();
  expect(await memory.recall('a', read)).toBe(1);
  expect(await memory.recall('a', read)).toBe(1);
  memory.forget('a');
  expect(await memory.recall('a', read)).toBe(2);
});

test('what is old is read again, and a reading that fails is not kept', async () => {
  const memory = openMemory({ freshForMs: 0 });
  const { read } = counting();
  await expect(memory.recall('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect([await memory.recall('a', read), await memory.recall('a', read)]).toEqual([1, 2]);
});

test('the memory is bounded: the oldest key is let go', async () => {
  const memory = openMemory({ most: 1 });
  const first = counting();
  await memory.recall('a', first.read);
  await memory.recall('b', counting().read);
  expect(await memory.recall('a', first.read)).toBe(2);
});
