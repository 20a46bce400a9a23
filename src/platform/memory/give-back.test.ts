import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { giveMemoryBack } from './give-back.ts';

let collections: unknown[];
const own = globalThis.gc;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  collections = [];
  globalThis.gc = Object.assign((how?: unknown) => void collections.push(how), own) as unknown as typeof own;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  globalThis.gc = own;
});

const heap = (mebibytes: number) =>
  vi.spyOn(process, 'memoryUsage').mockReturnValue({ ...process.memoryUsage(), heapTotal: mebibytes * 1024 ** 2, external: 0 });
const busy = (utilization: number) => vi.spyOn(performance, 'eventLoopUtilization').mockReturnValue({ idle: 0, active: 0, utilization });

test('collects once after the start, then only when quiet and when there is something to give back', () => {
  heap(60);
  busy(0.01);
  giveMemoryBack({ afterStart: 100, every: 1_000 });
  vi.advanceTimersByTime(2_500);
  expect(collections).toEqual([{ type: 'major', execution: 'sync', flavor: 'last-resort' }]);
  heap(120);
  busy(0.4);
  vi.advanceTimersByTime(1_000);
  expect(collections).toHaveLength(1);
  busy(0.01);
  vi.advanceTimersByTime(1_000);
  expect(collections).toHaveLength(2);
});

test('without a collector at hand nothing is planned', () => {
  globalThis.gc = undefined;
  giveMemoryBack({ afterStart: 1 });
  expect(vi.getTimerCount()).toBe(0);
});
