import type { SiblingTopic } from './siblings.ts';

/** What a worker says to the process that supervises it. */
export type FromWorker =
  | { kind: 'here' }
  | { kind: 'listening'; port: number; greeting: readonly string[] }
  | { kind: 'ask'; id: number; topic: SiblingTopic; text: string }
  | { kind: 'answer'; to: number; id: number; text: string };

/** What the supervising process says to a worker. */
export type ToWorker =
  | { kind: 'serve'; databaseUrl: string }
  | { kind: 'stop' }
  /** How many were asked. */
  | { kind: 'asked'; id: number; others: number }
  | { kind: 'question'; from: number; id: number; topic: SiblingTopic; text: string }
  | { kind: 'answered'; id: number; text: string };
