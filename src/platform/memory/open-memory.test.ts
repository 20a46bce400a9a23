import { expect, test } from 'vitest';
import type { noSiblings } from '../workers/siblings.ts';
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

test('what one process forgets, its siblings are told to forget, and it forgets what they do', async () => {
  const told: string[] = [];
  let hear: (key: string) => unknown = () => undefined;
  const siblings: typeof noSiblings = {
    ask: async (topic, text = '') => [String(told.push(`${topic} ${text}`))],
    answer: (_topic, listener) => {
      hear = listener;
    },
  };
  const memory = openMemory({ siblings });
  const { read } = counting();
  await memory.recall('policy', read);
  hear('policy');
  expect(await memory.recall('policy', read)).toBe(2);
  memory.forget('policy');
  expect(told).toEqual(['forget policy']);
});
