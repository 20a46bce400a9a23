import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOptions, rowNames } from './options.ts';
import { type Report, tableOf, withFigures } from './report.ts';
import { rssGrowth } from './rows/live.ts';

const report: Report = {
  machine: '2 × Some processor, 4 GB',
  at: '2026-11-22T05:00:00.000Z',
  commit: 'abc1234',
  scale: 0.1,
  stolenShare: 0.034,
  calibration: { helloRps: { 1: 9000, 8: 17_000 }, sqlPagesPerS: { open: 1500 }, sqlConnections: 8 },
  memory: { idleMb: 150, loadedMb: 300, idle: { pli: 100, postgres: 50 }, loaded: { pli: 200, postgres: 100 } },
  pages: [{ name: 'open', htmlBytes: 30_000, htmlGzBytes: 8_000, firstLoadGzBytes: 90_000, requests: 5 }],
  results: [
    { name: 'open', connections: 8, rps: 700, p50: 10, p99: 30, cpuMs: { pli: 1.5, postgres: 0.7 }, lagMs: 12, peakRssMb: 220, ratio: 0.46 },
    { name: 'upload-1gib', connections: 1, mbPerS: 140, bareMbPerS: 300, peakRssMb: 250, ratio: 0.47 },
  ],
  starts: { coldMs: 2500, warmMs: 1200 },
  disk: { databaseMb: 500, bytesPerMessage: 1300 },
  data: { seconds: 40, conversations: 19_000, messages: 190_000, activities: 390_000, people: 1_200 },
};

test('the table has a line for each row, whose absent fields are empty', () => {
  const lines = tableOf(report);
  expect(lines).toContain('| open | 8 | 700 | 10 | 30 |  | 0.46 | 1.5 | 0.7 | 12 | 220 |  |');
  expect(lines).toContain('| upload-1gib | 1 |  |  |  | 140 | 0.47 |  |  |  | 250 | bare 300 MB/s |');
  expect(lines).toContain('| processor taken by other machines meanwhile | 3 % |');
  expect(lines[0]).toBe('2026-11-22 05:00 UTC, 2 × Some processor, 4 GB, commit abc1234, scale 0.1');
});

test('figures take the place of those before them, in the README that there is', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const once = withFigures(readme, report);
  expect(once).toContain('commit abc1234');
  expect(withFigures(once, report)).toBe(once);
  expect(() => withFigures('without marks', report)).toThrow(/marks/u);
  // Each row is explained there.
  for (const name of rowNames) expect(readme).toContain(`\`${name}\``);
});

test('options have usual values, and what is wrong with one is told', () => {
  expect(readOptions([])).toMatchObject({ scale: 0.1, rounds: 3, seconds: 2, screens: 1000, liveSeconds: 60, fresh: false, rows: new Set(rowNames) });
  expect(readOptions(['--scale', '1', '--long', '--only', 'open,live'])).toMatchObject({ scale: 1, liveSeconds: 600, rows: new Set(['open', 'live']) });
  expect(readOptions(['--without', 'live,upload-1gib'])).toMatchObject({ rows: new Set(rowNames.filter((name) => name !== 'live' && name !== 'upload-1gib')) });
  for (const typed of [['--only', 'search'], ['--scale', '0'], ['--scale', 'much'], ['--unknown'], ['rest']])
    expect(readOptions(typed)).toHaveProperty('fault');
});

test('what memory grew is read from the second half alone, without its single peaks', () => {
  const rising = Array.from({ length: 200 }, (_, n) => (n < 100 ? n : 200));
  expect(rssGrowth(rising)).toBe(0);
  expect(rssGrowth([...rising.slice(0, 190), ...Array(10).fill(212.34)])).toBe(12.3);
  expect(rssGrowth(rising.with(199, 900))).toBe(0);
});
