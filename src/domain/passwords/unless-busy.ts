import { HasherBusy } from '#platform/hashing/bounded-queue.ts';
import { type Result, refuse } from '#result';

/** Past the length of the hasher's queue the person is told to come back in a moment: `sign-in.busy`, with the seconds. */
export async function unlessBusy<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HasherBusy) return refuse('sign-in.busy', { count: error.retryAfterSeconds });
    throw error;
  }
}
