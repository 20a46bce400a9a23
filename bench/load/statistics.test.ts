import { expect, test } from 'vitest';
import { playAtRate, playRound, roundOf } from './round.ts';
import { median, medians, percentile, rounded } from './statistics.ts';

test('percentiles are by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
  expect([percentile([7], 0.99), percentile([], 0.5), percentile([1, 2, 3], 0)]).toEqual([7, 0, 1]);
});

test('the median of rounds is taken field by field, and of what every round has', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0]);
  const rounds = [
    { rps: 10, lag: 1 },
    { rps: 30, lag: undefined },
    { rps: 20, lag: 3 },
  ];
  expect(medians<{ rps: number; lag: number | undefined }>(rounds)).toEqual({ rps: 20 });
});

test('figures keep three digits, and no fraction from a hundred on', () => {
  expect([0.123456, 12.3456, 123.456, 12_345.6].map(rounded)).toEqual([0.123, 12.3, 123, 12_346]);
});

test('a round counts acts and times them', async () => {
  const seen: [number, number][] = [];
  const round = await playRound(async (client, n) => void seen.push([client, n]), { clients: 2, acts: 3 });
  expect([round.acts, seen.length, new Set(seen.map(([, n]) => n)).size]).toEqual([6, 6, 6]);
  expect(roundOf([1, 2, 3, 4], 2)).toMatchObject({ rps: 2, p50: 2, p99: 4, acts: 4 });
});

test('acts begin at their rate, whatever becomes of those before', async () => {
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const act = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  const playing = playAtRate(act, { perSecond: 1000, seconds: 0.05 });
  while (ends.length < 50) await new Promise(setImmediate);
  for (const end of ends) end();
  await playing;
  expect([most, running]).toEqual([50, 0]);
});
