import { expect, test } from 'vitest';
import { coalesced } from './coalesced.ts';

test('asked while it runs, it runs once more afterwards, and never twice at once', async () => {
  const ends: (() => void)[] = [];
  const seen: string[] = [];
  const ask = coalesced((what: string) => {
    seen.push(what);
    return new Promise<void>((resolve) => ends.push(resolve));
  });
  const first = ask('a');
  const others = [ask('b'), ask('c')];
  expect(seen).toEqual(['a']);
  ends[0]?.();
  await first;
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['a', 'b']);
  ends[1]?.();
  await Promise.all(others);
  expect(seen).toEqual(['a', 'b']);
});

test('a run that fails says so to who asked for it, and does not keep the next from running', async () => {
  let times = 0;
  const ask = coalesced(async () => {
    times += 1;
    if (times === 1) throw new Error('broken');
  });
  const outcomes = await Promise.allSettled([ask(undefined), ask(undefined)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
