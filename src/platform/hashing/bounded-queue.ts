/** Too many are waiting already. The door answers 503 with `Retry-After`, on sign-in only. */
export class HasherBusy extends Error {
  override name = 'HasherBusy';
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super(`Too many passwords are waiting to be hashed; try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type BoundedQueue = {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Throws `HasherBusy` when `run` would, so that nothing is prepared for a work that will not be done. */
  checkRoom(): void;
};

/** Runs `atOnce` works at a time, in order of arrival; past `waitingAtMost` in the queue it throws `HasherBusy` rather than grow. */
export function openQueue({ atOnce, waitingAtMost }: { atOnce: number; waitingAtMost: number }): BoundedQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  let usualMs = 50;
  const checkRoom = () => {
    if (running < atOnce || waiting.length < waitingAtMost) return;
    throw new HasherBusy(Math.max(1, Math.ceil((usualMs * waiting.length) / atOnce / 1000)));
  };
  return {
    checkRoom,
    async run(work) {
      checkRoom();
      if (running >= atOnce) {
        await new Promise<void>((go) => waiting.push(go)); // Whoever finishes hands its place over: `running` does not change.
      } else running += 1;
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        usualMs += (performance.now() - startedAt - usualMs) / 8; // A moving average, good enough to say how long to wait.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
