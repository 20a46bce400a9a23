import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '#platform/log/open-log.ts';
import { repeat } from './repeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('beats do not pile up behind one that is slow', async () => {
  const finish: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => finish.push(resolve));
  const repeated = repeat({ everyMs: 1_000, work, log: silentLog() });
  await vi.advanceTimersByTimeAsync(5_500);
  expect(finish).toHaveLength(1);
  finish[0]?.();
  await vi.advanceTimersByTimeAsync(400);
  expect(finish).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(finish).toHaveLength(2);
  finish[1]?.();
  await repeated.stop();
});

test('what fails is tried again at the next beat', async () => {
  let runs = 0;
  const work = () => {
    runs += 1;
    return Promise.reject(new Error('PostgreSQL is away'));
  };
  const repeated = repeat({ everyMs: 1_000, work, log: silentLog() });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(runs).toBe(3);
  await repeated.stop();
});
