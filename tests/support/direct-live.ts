import { type Announcer, type Change, insertChange } from '#platform/realtime/changes.ts';
import type { Told } from '#platform/realtime/open-realtime.ts';

export type DirectLive = {
  announcer: Announcer;
  /** How often a commit asked that people be told. */
  flushes(): number;
  listen(listener: (told: Told) => void): () => void;
  /** Tells those who listen, as the database would. */
  tell(told: Change | 'everything'): void;
};

/** Stands for the line between processes: rows are written for good, and nothing is told but by the test. */
export function directLive(): DirectLive {
  let flushes = 0;
  const listeners = new Set<(told: Told) => void>();
  return {
    announcer: {
      record: insertChange,
      flush() {
        flushes += 1;
      },
    },
    flushes: () => flushes,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(told) {
      for (const listener of listeners) listener(told);
    },
  };
}
