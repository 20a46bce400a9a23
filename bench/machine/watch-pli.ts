import { Worker } from 'node:worker_threads';
import type { Target } from '../load/connection.ts';
import { readProcessor, readPss, readRss, type Shares } from './proc.ts';

/** What a piece of work took of Pli. `lagMs` is the 99th percentile of how late the event loop was, as `/metrics` tells it for all processes. */
export type Cost = { cpuMs: Shares; peakRssMb: number; lagMs: number | undefined };

export type Watch = {
  during<T>(work: () => Promise<T>): Promise<{ value: T; cost: Cost }>;
  /** When all processes together held the most so far (PSS). MB. */
  peakPssMb(): Shares;
  /** It begins again from now. */
  forgetPeak(): void;
  pssMb(): Shares;
  /** What Pli's processes have held while `work` ran, sample by sample (RSS). MB. */
  rssDuring<T>(work: () => Promise<T>): Promise<{ value: T; samples: number[] }>;
  close(): Promise<void>;
};

/** Watches the whole tree of processes under Pli's launcher, PostgreSQL's apart. */
export function watchPli(root: number, target: Target): Watch {
  const worker = new Worker(new URL('memory-watch.ts', import.meta.url), { workerData: { root } });
  const listening = new Set<(rss: number) => void>();
  let peakPss: Shares = { pli: 0, postgres: 0 };
  worker.on('message', ({ rss, pss }: { rss?: number; pss?: Shares }) => {
    if (rss !== undefined) for (const heard of listening) heard(rss);
    if (pss && pss.pli + pss.postgres > peakPss.pli + peakPss.postgres) peakPss = pss;
  });

  async function rssDuring<T>(work: () => Promise<T>): Promise<{ value: T; samples: number[] }> {
    const samples = [readRss(root)];
    const heard = (rss: number) => samples.push(rss);
    listening.add(heard);
    try {
      return { value: await work(), samples };
    } finally {
      listening.delete(heard);
    }
  }
  return {
    rssDuring,
    async during(work) {
      await readLag(target); // Reading begins the next measure of it.
      const before = readProcessor(root);
      const { value, samples } = await rssDuring(work);
      const after = readProcessor(root);
      const cpuMs = { pli: after.pli - before.pli, postgres: after.postgres - before.postgres };
      return { value, cost: { cpuMs, peakRssMb: Math.max(...samples), lagMs: await readLag(target) } };
    },
    peakPssMb: () => peakPss,
    forgetPeak() {
      peakPss = { pli: 0, postgres: 0 };
    },
    pssMb: () => readPss(root),
    async close() {
      await worker.terminate();
    },
  };
}

async function readLag({ host, port }: Target): Promise<number | undefined> {
  const answer = await fetch(`http://${host}:${port}/metrics`);
  return answer.ok ? parseLag(await answer.text()) : undefined;
}

/** The worst of all processes that tell it. Milliseconds. */
export function parseLag(metrics: string): number | undefined {
  const told = [...metrics.matchAll(/^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)/gmu)].map(([, seconds]) => Number(seconds) * 1000);
  const finite = told.filter(Number.isFinite);
  return finite.length === 0 ? undefined : Math.max(...finite);
}
