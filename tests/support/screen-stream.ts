import { expect, vi } from 'vitest';
import type { WebVisitor } from './web-visitor.ts';

/** The stream of a screen of somebody signed in, read as its script reads it. */
export async function openScreenStream(visitor: WebVisitor) {
  const answer = await visitor.get('/evenements-direct?age=0');
  expect(answer.status).toBe(200);
  let text = '';
  let over = false;
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  (async () => {
    for (;;) {
      const read = await reader?.read();
      if (!read || read.done) break;
      text += decoder.decode(read.value, { stream: true });
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      over = true;
    });
  return {
    forget() {
      text = '';
    },
    heard: (kind: string) => vi.waitFor(() => expect(text).toContain(kind), { timeout: 5_000, interval: 5 }),
    ended: () => over,
    close: () => void reader?.cancel().catch(() => undefined),
  };
}
