import { noSiblings } from '../workers/siblings.ts';

/** What this process remembers of the database for a short while, so that pages asked for often do not ask for it each time. */
export type Memory = {
  /** What is known under a key, read again when it is older than the memory keeps things. One key, one kind of thing. */
  recall<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Called once what stands behind the key has changed: the next `recall` reads it. Processes on other machines notice by age. */
  forget(key: string): void;
};

type Kept = { value: unknown; at: number };

/** `freshForMs` by the machine's own steady clock. Past `most` keys the oldest is let go. What is forgotten here, the siblings forget too. */
export function openMemory({ freshForMs = 10_000, most = 10_000, siblings = noSiblings } = {}): Memory {
  const kept = new Map<string, Kept>();
  siblings.answer('forget', (key) => {
    kept.delete(key);
    return '';
  });
  return {
    async recall<T>(key: string, read: () => Promise<T>): Promise<T> {
      const known = kept.get(key);
      if (known && performance.now() - known.at < freshForMs) return known.value as T; // put there under this key by the line below
      // Readers at the same moment each read for themselves: one of them may be in a transaction that fails.
      const value = await read();
      kept.delete(key);
      kept.set(key, { value, at: performance.now() });
      if (kept.size > most) kept.delete(kept.keys().next().value ?? key);
      return value;
    },
    forget(key) {
      kept.delete(key);
      void siblings.ask('forget', key);
    },
  };
}
