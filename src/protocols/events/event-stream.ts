import { createHash } from 'node:crypto';
import type { ChangeKind } from '#platform/realtime/changes.ts';

export type EventStream = {
  body: ReadableStream<Uint8Array>;
  /** Without a subject: look again, whatever you show. Never waits for the reader. */
  tell(kind: ChangeKind, subjectId?: string): void;
  /** Shows proxies and the browser that the line is open. */
  beat(): void;
  end(): void;
};

/** Past this many subjects not yet read, the reader is told once that everything changed: what waits for a slow one does not grow. */
const mostWaiting = 16;
const everything = '*';

/** Server-sent events (HTML Living Standard §9.2): `messages` or `activities`, and which conversation by an opaque topic. Nothing else. */
export function eventStream({ onGone }: { onGone: () => void }): EventStream {
  const encoder = new TextEncoder();
  const waiting = new Map<string, ChangeKind>();
  let beating = false;
  let ended = false;
  let gone = false;
  let wake: () => void = () => undefined;

  function next(): string {
    const lines = [...waiting].map(([topic, kind]) => `event: ${kind}\ndata: ${topic}\n\n`).join('');
    const text = lines || (beating ? ': \n\n' : '');
    waiting.clear();
    beating = false;
    return text;
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(': \n\n'));
      },
      // Called when the reader has taken what there was: until then, what happens is gathered.
      async pull(controller) {
        let text = next();
        while (text === '' && !ended) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          text = next();
        }
        if (gone) return;
        if (text === '') controller.close();
        else controller.enqueue(encoder.encode(text));
      },
      cancel() {
        gone = true;
        ended = true;
        wake();
        onGone();
      },
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    tell(kind, subjectId) {
      const full = waiting.size >= mostWaiting || waiting.has(everything);
      const topic = subjectId === undefined || full ? everything : topicOf(subjectId);
      if (topic === everything) waiting.clear();
      // What waits for somebody says more than a line in the activities.
      if (waiting.get(topic) !== 'messages') waiting.set(topic, topic === everything ? 'messages' : kind);
      wake();
    },
    beat() {
      beating = true;
      wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}

/** A browser that shows the conversation finds the same; from the topic nobody finds the conversation. */
export function topicOf(subjectId: string): string {
  return createHash('sha256').update(subjectId).digest('hex').slice(0, 16);
}
