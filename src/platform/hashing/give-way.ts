import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A third of the processor's time where somebody else wants it as well. */
const niceness = 5;

/**
 * Lets the threads that hash give way to those that answer pages: a flood of passwords takes what is left of the processor, not what pages need.
 * They are libuv's pool, which also reads and writes files, and costs little there. Linux alone has a priority for each thread (setpriority(2));
 * elsewhere, and where the machine refuses, nothing changes. To be called once the pool is there: after a first file was read.
 */
export function letHashingGiveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const isOfPool = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').startsWith('libuv-worker');
      if (isOfPool) setPriority(Number(thread), niceness);
    }
  } catch {
    // A thread that ended meanwhile, or a machine that hides them: as before.
  }
}
