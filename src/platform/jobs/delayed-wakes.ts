/** Milliseconds after a job was enqueued: its transaction has committed by one of these, or the poll finds it. */
const delays = [15, 60, 250] as const;

/** Wakes a worker soon after a job was enqueued in a transaction whose commit we are not told of. A burst of jobs shares its wakes. */
export function delayedWakes(wake: () => void): { plan(): void; cancel(): void } {
  const planned = new Map<number, NodeJS.Timeout>();
  return {
    plan() {
      for (const delay of delays) {
        if (planned.has(delay)) continue;
        const timer = setTimeout(() => {
          planned.delete(delay);
          wake();
        }, delay);
        planned.set(delay, timer.unref());
      }
    },
    cancel() {
      for (const timer of planned.values()) clearTimeout(timer);
      planned.clear();
    },
  };
}
