import { parentPort, workerData } from 'node:worker_threads';
import { readPss, readRss } from './proc.ts';

// A thread of its own: reading /proc takes milliseconds, which the load must not wait for.
const { root } = workerData as { root: number };
const every = { rssMs: 200, pssMs: 2_000 };
const timed = (read: (root: number) => unknown, name: 'rss' | 'pss') => () => parentPort?.postMessage({ [name]: read(root) });
setInterval(timed(readRss, 'rss'), every.rssMs);
setInterval(timed(readPss, 'pss'), every.pssMs);
