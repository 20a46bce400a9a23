export type Coalesced = {
  /** Asks for the work to be done after now: at once when idle, else once more when the present one ends. */
  ask(): void;
  /** Asks no more; the work under way ends. */
  stop(): Promise<void>;
};

/** However often it is asked for, `work` never runs twice at once, and no oftener than every `gapMs`. It must not reject. */
export function coalesced(work: () => Promise<void>, { gapMs }: { gapMs: number }): Coalesced {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work();
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, gapMs).unref());
    } while (again && !stopped);
    running = undefined;
  }
  return {
    ask() {
      if (stopped) return;
      again = true;
      running ??= run();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
