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
    // Synchronous: what is said just before the process dies must be read.
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
}

/** Says nothing. */
export function silentLog(): Log {
  const silent = () => undefined;
  return { info: silent, warn: silent, error: silent };
}
