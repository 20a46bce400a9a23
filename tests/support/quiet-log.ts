import type { Log } from '#platform/log/log.ts';

/** Says nothing: what is expected to go wrong in a test is told by its assertions. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
