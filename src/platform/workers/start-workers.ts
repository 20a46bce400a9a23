import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export type Workers = {
  port: number;
  /** What the first of them has to say at the console. */
  greeting: readonly string[];
  /** Asks each to stop in order; resolves once all have ended. */
  stop(): Promise<void>;
};

/** A worker ended before it listened: it has said why. */
export class WorkerEnded extends Error {
  override name = 'WorkerEnded';
}

/** One that ends by itself is replaced: at once the first time, ever later while it keeps ending young. Milliseconds. */
const replacing = { young: 30_000, first: 500, most: 30_000 } as const;

/**
 * Starts processes that share one port; each is given connections in turn (`node:cluster`). The first gets itself ready while the database is
 * prepared, and listens before the others begin, so that an empty one is filled once. Each asks the others through us, and one that ends is
 * replaced. When `databaseUrl` fails, so does this: the first ends with the process that started it.
 */
export async function startWorkers({ count, databaseUrl, log }: { count: number; databaseUrl: Promise<string>; log: Log }): Promise<Workers> {
  const running = new Set<Worker>();
  /** Those that have not said that they are there: without us they would end with a fault of Node's own. */
  const young = new Set<Worker>();
  process.once('exit', () => {
    for (const worker of young) worker.process.kill('SIGKILL');
  });
  let stopping = false;

  function serveOnceReady(worker: Worker): void {
    databaseUrl.then(
      (url) => tell(worker, { kind: 'serve', databaseUrl: url }),
      () => undefined, // said below
    );
  }

  function begin() {
    const worker = cluster.fork();
    running.add(worker);
    young.add(worker);
    const ended = new Promise<string>((resolve) => {
      worker.once('exit', (code, signal) => {
        running.delete(worker);
        young.delete(worker);
        resolve(signal || `code ${code}`);
      });
    });
    const listening = new Promise<Extract<FromWorker, { kind: 'listening' }>>((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        young.delete(worker);
        if (message.kind === 'here') serveOnceReady(worker);
        else if (message.kind === 'listening') resolve(message);
        else relay(running, worker, message);
      });
      void ended.then(() => reject(new WorkerEnded('A worker ended before it listened')));
    });
    return { listening, ended };
  }

  async function keep(first: ReturnType<typeof begin>): Promise<void> {
    let wait: number = replacing.first;
    for (let current = first; ; current = begin()) {
      const begun = performance.now();
      current.listening.catch(() => undefined);
      const how = await current.ended;
      if (stopping) return;
      wait = performance.now() - begun > replacing.young ? replacing.first : Math.min(replacing.most, wait * 2);
      log.error({ how, wait }, 'a worker has ended by itself; another takes its place');
      await pause(wait, undefined, { ref: false });
      if (stopping) return;
    }
  }

  const first = begin();
  first.listening.catch(() => undefined); // while the database is waited for
  await databaseUrl;
  const { port, greeting } = await first.listening;
  void keep(first);
  for (let number = 1; number < count && !stopping; number += 1) void keep(begin());
  return {
    port,
    greeting,
    async stop() {
      stopping = true;
      const ends = Array.from(running, (worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
      for (const worker of running) tell(worker, { kind: 'stop' });
      await Promise.all(ends);
    },
  };
}

/** Questions go to all the others, answers to the one that asked. */
function relay(running: ReadonlySet<Worker>, from: Worker, message: Extract<FromWorker, { kind: 'ask' | 'answer' }>): void {
  if (message.kind === 'answer') {
    const asker = Array.from(running).find((worker) => worker.id === message.to);
    if (asker) tell(asker, { kind: 'answered', id: message.id, text: message.text });
    return;
  }
  const others = Array.from(running).filter((worker) => worker !== from && worker.isConnected());
  tell(from, { kind: 'asked', id: message.id, others: others.length });
  for (const worker of others) tell(worker, { kind: 'question', from: from.id, id: message.id, topic: message.topic, text: message.text });
}

/** One that is ending hears nothing more. */
function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
