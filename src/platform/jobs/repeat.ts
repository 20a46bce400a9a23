import type { Log } from '../log/log.ts';

export type Repeated = {
  /** Runs it now, after the run under way if there is one. */
  runNow(): Promise<void>;
  /** Lets the run under way end. */
  stop(): Promise<void>;
};

/** Runs `work` every `everyMs` milliseconds, never twice at once; what fails is logged and tried at the next beat. */
export function repeat({ everyMs, work, log }: { everyMs: number; work: () => Promise<void>; log: Log }): Repeated {
  let running: Promise<void> = Promise.resolve();
  const enqueue = (run: () => Promise<void>) => {
    const next = running.then(run);
    running = next.catch(() => undefined);
    return next;
  };
  let beating = false;
  const beat = () => {
    if (beating) return; // Behind a slow run they would pile up.
    beating = true;
    enqueue(work)
      .catch((error: unknown) => log.error({ error }, 'Due work failed; it is tried again at the next beat'))
      .finally(() => {
        beating = false;
      });
  };
  const timer = setInterval(beat, everyMs);
  return {
    runNow: () => enqueue(work),
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
