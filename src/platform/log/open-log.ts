import { writeSync } from 'node:fs';
import pino from 'pino';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/**
 * The log of the process: one JSON object a line on the standard error, `time` in ISO 8601 UTC.
 * An error given as `error` or `err` is reduced to what may be written down (`describeError`); every other field is the caller's promise.
 */
export function openLog(options: { level?: 'info' | 'warn' | 'error'; destination?: pino.DestinationStream } = {}): Log {
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError },
    },
    options.destination ?? standardError(),
  );
}

/** What is kept while nothing can be written; lines past it are lost. */
const keptBytes = 64 * 1024;

/**
 * Synchronous: what is said just before the process dies must be read. A disk that is full is no reason to die, nor to wait, nor to fail a
 * request (pino's own destination does one or the other): what was said is kept, and written with the next line for which there is room.
 * `fd` stands for the standard error in tests.
 */
export function standardError(fd = 2): pino.DestinationStream {
  let kept = Buffer.alloc(0);
  return {
    write(line) {
      if (kept.length + line.length <= keptBytes) kept = Buffer.concat([kept, Buffer.from(line)]);
      try {
        while (kept.length > 0) kept = kept.subarray(writeSync(fd, kept));
      } catch {
        // No room, or nobody reads: there is nowhere to say it.
      }
    },
  };
}

/** Says nothing. */
export function silentLog(): Log {
  const silent = () => undefined;
  return { info: silent, warn: silent, error: silent };
}
