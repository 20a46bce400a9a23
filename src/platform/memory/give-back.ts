import { performance } from 'node:perf_hooks';

/** Above what the last collection left, in bytes: less is not worth a pause. */
const worthwhile = 16 * 1024 ** 2;
/** Share of its time in which a process that counts as quiet had something to do. */
const quiet = 0.05;

/**
 * Gives back to the machine what V8 keeps as room to grow: once the start is over, and whenever the process has been quiet since the last look.
 * A whole collection takes some tens of milliseconds, so never one while people are served. Without `--expose-gc` (bin/launch/program.mjs)
 * nothing is done. Milliseconds.
 */
export function giveMemoryBack({ afterStart = 3_000, every = 60_000 } = {}): void {
  const { gc } = globalThis;
  if (!gc) return;
  let kept = 0;
  let last = performance.eventLoopUtilization();
  const collect = () => {
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    kept = held();
  };
  setTimeout(collect, afterStart).unref();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    if (utilization < quiet && held() > kept + worthwhile) collect();
  }, every).unref();
}

function held(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapTotal + external;
}
