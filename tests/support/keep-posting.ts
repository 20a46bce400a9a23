import { randomUUID } from 'node:crypto';
import type { Correspondent } from './correspondent.ts';

/** Somebody posts without a pause, and sends again what was not acknowledged, with the same key, as a person would. */
export function keepPosting(person: Correspondent, page: string) {
  /** The keys of the messages that were acknowledged. */
  const acknowledged: string[] = [];
  const refused: number[] = [];
  const seen = new Set<number>();
  let on = true;
  const running = (async () => {
    while (on) {
      const key = randomUUID();
      for (let status = 0; on && status !== 303; ) {
        status = await person.posts(page, `Message ${key}`, key);
        seen.add(status);
        if (status === 303) acknowledged.push(key);
        else refused.push(status);
      }
    }
  })();
  return {
    acknowledged,
    refused,
    statuses: () => [...seen].sort((a, b) => a - b),
    async stop() {
      on = false;
      await running;
    },
  };
}
