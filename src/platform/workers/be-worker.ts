import cluster from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { FromWorker, ToWorker } from './messages.ts';
import type { Siblings, SiblingTopic } from './siblings.ts';

export type Worker = {
  /** The database that the supervising process has prepared. */
  databaseUrl: string;
  siblings: Siblings;
  /** Resolves once this process is asked to stop. */
  stopAsked: Promise<void>;
  /** Says that this process listens, and what is for the console. */
  listening(port: number, greeting: readonly string[]): void;
};

const patienceMs = 1_000;

/** Whether this process is one of those that `startWorkers` started. */
export const isWorker = cluster.isWorker;

/** Tells the supervising process that this one is here, and waits to be told what to serve. */
export async function beWorker(): Promise<Worker> {
  const siblings = openSiblings();
  const { promise: stopAsked, resolve: stop } = Promise.withResolvers<void>();
  const databaseUrl = await new Promise<string>((resolve) => {
    process.on('message', (message: ToWorker) => {
      if (message.kind === 'serve') resolve(message.databaseUrl);
      else if (message.kind === 'stop') stop();
      else siblings.heard(message);
    });
    tell({ kind: 'here' });
  });
  return { databaseUrl, siblings, stopAsked, listening: (port, greeting) => tell({ kind: 'listening', port, greeting }) };
}

type Question = { answers: string[]; expected: number; settle: () => void };

function openSiblings() {
  const listeners = new Map<SiblingTopic, (text: string) => Promise<string> | string>();
  const questions = new Map<number, Question>();
  let last = 0;

  async function reply(from: number, id: number, text: Promise<string> | string | undefined): Promise<void> {
    // Whoever asked waits no longer than its patience.
    const answer = await Promise.resolve(text).catch(() => undefined);
    if (answer !== undefined) tell({ kind: 'answer', to: from, id, text: answer });
  }

  return {
    async ask(topic: SiblingTopic, text = ''): Promise<string[]> {
      last += 1;
      const id = last;
      const answers: string[] = [];
      const all = new Promise<void>((settle) => questions.set(id, { answers, expected: Number.POSITIVE_INFINITY, settle }));
      tell({ kind: 'ask', id, topic, text });
      await Promise.race([all, pause(patienceMs, undefined, { ref: false })]);
      questions.delete(id);
      return answers;
    },
    answer(topic: SiblingTopic, listener: (text: string) => Promise<string> | string): void {
      listeners.set(topic, listener);
    },
    heard(message: Extract<ToWorker, { kind: 'asked' | 'question' | 'answered' }>): void {
      if (message.kind === 'question') return void reply(message.from, message.id, listeners.get(message.topic)?.(message.text));
      const question = questions.get(message.id);
      if (!question) return;
      if (message.kind === 'asked') question.expected = message.others;
      else question.answers.push(message.text);
      if (question.answers.length >= question.expected) question.settle();
    },
  };
}

/** Gone, the supervising process takes us with it: nobody is left to tell. */
function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
