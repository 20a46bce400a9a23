import type { Ctx } from '#context';
import { renewHold } from './queries.ts';

/** Renewed that often while somebody writes; a hold that is not renewed lapses after `holdSeconds` (queries.ts), so that a crash is outlived. */
const renewEveryMs = 5_000;

/** Keeps an upload held by `writer` while `work` runs. A hold that was lost is noticed by the verb, which asks at each durable offset. */
export async function whileHolding<T>(ctx: Ctx, held: { id: string; writer: string }, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    renewHold(ctx.db, held).catch((error: unknown) => ctx.log.warn({ error }, 'The hold on an upload could not be renewed'));
  }, renewEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
