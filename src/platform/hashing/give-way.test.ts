import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { letHashingGiveWay } from './give-way.ts';

test('threads that hash give way to the one that answers', async () => {
  // Elsewhere threads have no priority of their own: nothing happens.
  if (process.platform !== 'linux') return expect(letHashingGiveWay).not.toThrow();
  await readFile(import.meta.filename);
  letHashingGiveWay();
  const threads = readdirSync('/proc/self/task').map((id) => ({
    name: readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim(),
    priority: getPriority(Number(id)),
  }));
  const pool = threads.filter(({ name }) => name.startsWith('libuv-worker'));
  const others = threads.filter(({ name }) => !name.startsWith('libuv-worker'));
  expect(pool.length).toBeGreaterThan(0);
  expect(new Set(pool.map(({ priority }) => priority))).toEqual(new Set([5]));
  expect(others.every(({ priority }) => priority <= 0)).toBe(true);
});
