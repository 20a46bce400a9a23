/**
 * Never twice at once: asked while it runs, it runs once more afterwards, however often it was asked. What it answers ends with a run
 * that began after it was asked.
 */
export function coalesced<Argument>(work: (argument: Argument) => Promise<void>): (argument: Argument) => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (argument: Argument): Promise<void> => {
    running = work(argument).finally(() => {
      running = undefined;
    });
    return running;
  };
  return (argument) => {
    if (!running) return run(argument);
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run(argument);
      });
    return next;
  };
}
