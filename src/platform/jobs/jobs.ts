import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { DB } from '../database/schema.ts';

/** A job is data: a name, the shape of its payload, how often it is tried, and what it does. */
export type JobDefinition<Context, Payload = unknown> = {
  name: string;
  payload: z.ZodType<Payload>;
  attempts: number;
  run: (ctx: Context, payload: Payload) => Promise<void>;
};

export type Jobs = {
  /**
   * Puts a job in the queue within the transaction `db`: it runs once that commits and never if it does not.
   * With `singletonKey`, a second one waiting under the same key is not added.
   */
  enqueue(db: Kysely<DB>, name: string, payload: object, options?: { singletonKey?: string }): Promise<void>;
  /**
   * Has this process run a job without payload soon: several in a row share a run, and nothing is written. For work whose own rows say what is
   * due and that a sweep finds as well, after the transaction that wrote them has committed (docs/adr/0031).
   */
  nudge(name: string): void;
};
