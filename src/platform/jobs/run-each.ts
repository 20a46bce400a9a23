import type { Log } from '../log/log.ts';

/**
 * Runs works one after the other. One that fails is logged and does not keep the next from running: a file that cannot be removed must not
 * keep keys from being destroyed. Throws at the end when one has failed, so that whoever waited for all of them knows.
 */
export async function runEach(works: Readonly<Record<string, () => Promise<unknown>>>, log: Log): Promise<void> {
  const failed: string[] = [];
  for (const [name, work] of Object.entries(works)) {
    try {
      await work();
    } catch (error) {
      failed.push(name);
      log.error({ work: name, error }, 'A part of the due work failed');
    }
  }
  if (failed.length > 0) throw new Error(`Due work failed: ${failed.join(', ')}`);
}
