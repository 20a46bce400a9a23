import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Correspondent } from './correspondent.ts';

type Posting = {
  /** What is joined to the message with this key. */
  file?: (key: string) => File;
  /** Goes on while nobody listens, instead of failing. */
  outlasts?: boolean;
};

/** Somebody posts without a pause, and sends again what was not acknowledged, with the same key, as a person would. */
export function keepPosting(person: Correspondent, page: string, { file, outlasts = false }: Posting = {}) {
  /** The keys of the messages that were acknowledged. */
  const acknowledged: string[] = [];
  /** The keys of all that was ever sent, acknowledged or not. */
  const sent: string[] = [];
  const refused: number[] = [];
  const seen = new Set<number>();
  let on = true;
  async function attempt(key: string): Promise<number> {
    try {
      return await person.posts(page, `Message ${key}`, key, file?.(key));
    } catch (fault) {
      if (!outlasts) throw fault;
      await pause(20); // Nobody listens.
      return 0;
    }
  }
  const running = (async () => {
    while (on) {
      const key = randomUUID();
      sent.push(key);
      for (let status = -1; on && status !== 303; ) {
        status = await attempt(key);
        seen.add(status);
        if (status === 303) acknowledged.push(key);
        else refused.push(status);
      }
    }
  })();
  return {
    acknowledged,
    sent,
    refused,
    statuses: () => [...seen].sort((a, b) => a - b),
    async stop() {
      on = false;
      await running;
    },
  };
}
