import { type AnyJobDefinition, byName, checkedPayload } from './definitions.ts';
import type { Jobs } from './jobs.ts';

/**
 * Stands for the queue in tests: jobs wait in memory until `runAll`. It does not see transactions end, so that a job whose transaction was
 * rolled back runs too: what runs twice harmlessly also runs for nothing harmlessly.
 */
export function directJobs<Context>(
  definitions: readonly AnyJobDefinition<Context>[] = [],
): Jobs & { waiting: readonly { name: string; payload: object }[]; runAll(context: Context): Promise<void> } {
  const known = byName(definitions);
  const waiting: { name: string; payload: object; key: string | undefined }[] = [];
  return {
    waiting,
    async enqueue(_db, name, payload, { singletonKey } = {}) {
      if (singletonKey !== undefined && waiting.some((job) => job.name === name && job.key === singletonKey)) return;
      waiting.push({ name, payload, key: singletonKey });
    },
    async runAll(context) {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const definition = known(job.name);
        await definition.run(context, checkedPayload(definition, job.payload));
      }
    },
  };
}
