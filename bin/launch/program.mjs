import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { inProject } from './project.mjs';
import { findNode } from './runtime.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * How glibc is asked to keep memory: what one password takes to hash (19 MiB) would otherwise stay in each thread that has hashed one, some
 * 80 MB a process. One place for all threads keeps it once, and given back at each hash it would have to be cleared anew, for a third of the
 * hash's time (mallopt(3); a threshold that is set no longer grows by itself). The machine's own choice wins.
 */
const frugal = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: String(32 * 1024 ** 2), MALLOC_TRIM_THRESHOLD_: String(64 * 1024 ** 2) };

/**
 * How V8 is asked to keep memory: a heap may double between two collections, where a small one could grow fourfold, and what is young has 4 MiB.
 * Measured on the page of a conversation: 70 MB less with two processes, as many requests.
 */
const tidy = ['--heap-growing-percent=100', '--max-semi-space-size=4'];

/** Starts a built program on the Node.js of Pli, with our terminal. The channel tells it when we are gone, even killed. */
export function startProgram(name, { args = [], settings = {} } = {}) {
  return spawn(findNode(), ['--enable-source-maps', '--expose-gc', ...tidy, inProject('dist', 'server', `${name}.js`), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Compiled code is kept between starts.
    env: { ...frugal, ...process.env, ...settings, NODE_COMPILE_CACHE: inProject('dist', 'compiled') },
  });
}

/** Passes our signals on, and answers the exit code: 128 and the signal's number for a program that a signal ended. */
export function exitCodeOf(child) {
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  const watch = stopWhenOrphaned(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      clearInterval(watch);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Under `npm start`, npm stays as long as we do: when it is killed, nobody would stop Pli any more. */
function stopWhenOrphaned(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const first = ancestors();
  return setInterval(() => ancestors() !== first && child.kill('SIGTERM'), 500).unref();
}

/** npm may run us through a shell: then it is the parent of our parent that counts. */
function parentOf(pid) {
  try {
    // proc(5): the fields are counted from the last parenthesis, for the name may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1];
  } catch {
    return ''; // Not Linux: the parent alone is watched.
  }
}
