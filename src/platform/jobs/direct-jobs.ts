import { type AnyJobDefinition, byName, checkedPayload } from './definitions.ts';
import type { Jobs } from './jobs.ts';

/**
 * Stands for the queue in tests and while the demonstration's world is loaded: jobs wait in memory until `runAll`. It does not see
 * transactions end: a job whose transaction was rolled back runs too, as harmless as running twice. `ignoreOthers` drops unknown jobs.
 */
export function directJobs<Context>(
  definitions: readonly AnyJobDefinition<Context>[] = [],
  { ignoreOthers = false }: { ignoreOthers?: boolean } = {},
): Jobs & { waiting: readonly { name: string; payload: object }[]; runAll(context: Context): Promise<void> } {
  const known = byName(definitions);
  const waiting: { name: string; payload: object; key: string | undefined }[] = [];
  return {
    waiting,
    async enqueue(_db, name, payload, { singletonKey } = {}) {
      if (ignoreOthers && !definitions.some((definition) => definition.name === name)) return;
      if (singletonKey !== undefined && waiting.some((job) => job.name === name && job.key === singletonKey)) return;
      waiting.push({ name, payload, key: singletonKey });
    },
    nudge(name) {
      if (ignoreOthers && !definitions.some((definition) => definition.name === name)) return;
      if (!waiting.some((job) => job.name === name)) waiting.push({ name, payload: {}, key: undefined });
    },
    async runAll(context) {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const definition = known(job.name);
        await definition.run(context, checkedPayload(definition, job.payload));
      }
    },
  };
}
