import { expect, test } from 'vitest';
import { isPostgres, listProcesses, parseClock, parseMegabytes, parseStat, readProcessor, readRss, treeOf } from './proc.ts';
import { parseLag } from './watch-pli.ts';

const line = '4242 (od) d (name) S 17 4242 4242 0 -1 4194560 1 2 3 4 250 50 7 3 20 0 11 0 123 456 789';

test('what other machines took of the processors is the eighth figure of /proc/stat', () => {
  expect(parseClock('cpu  100 10 40 800 20 0 10 20 0 0')).toEqual({ all: 1000, stolen: 20 });
  expect(parseClock('')).toEqual({ all: 0, stolen: 0 });
});

test('a line of /proc/<pid>/stat is read whatever the name of the program holds', () => {
  expect(parseStat(line)).toEqual({ pid: 4242, parent: 17, command: 'od) d (name', ticks: 310 });
});

test('memory is read by the name of its field', () => {
  const text = 'Rss:               2048 kB\nPss:                1536 kB\nPss_Anon:           1024 kB\n';
  expect([parseMegabytes(text, 'Pss'), parseMegabytes(text, 'Rss'), parseMegabytes('', 'Pss')]).toEqual([1.5, 2, 0]);
});

test('a tree is a process and all that descends from it, PostgreSQL told by its name', () => {
  const process_ = (pid: number, parent: number, command = 'node') => ({ pid, parent, command, ticks: 1 });
  const all = [process_(1, 0), process_(2, 1), process_(5, 4, 'postgres'), process_(3, 2), process_(4, 3, 'postgres'), process_(9, 1)];
  const tree = treeOf(2, all);
  expect(tree.map(({ pid }) => pid)).toEqual([2, 3, 4, 5]);
  expect(tree.filter(isPostgres).map(({ pid }) => pid)).toEqual([4, 5]);
  expect(treeOf(77, all)).toEqual([]);
});

test.runIf(process.platform === 'linux')('this very process is found in /proc, with what it has used and holds', () => {
  const own = listProcesses().find(({ pid }) => pid === process.pid);
  expect(own?.parent).toBe(process.ppid);
  expect(readProcessor(process.pid).pli).toBeGreaterThan(0);
  expect(readRss(process.pid)).toBeGreaterThan(10);
});

test('the lag of the event loop is that of the slowest process that tells it', () => {
  const told = (labels: string, seconds: string) => `nodejs_eventloop_lag_p99_seconds${labels} ${seconds}\n`;
  expect(parseLag(told('', '0.0123'))).toBeCloseTo(12.3);
  expect(parseLag(told('{process="1"}', '0.01') + told('{process="2"}', '0.02'))).toBeCloseTo(20);
  expect([parseLag(told('', 'Nan')), parseLag('')]).toEqual([undefined, undefined]);
});
