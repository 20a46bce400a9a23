import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.ts';
import type { Log } from '../log/log.ts';
import { type Announcer, type Change, currentHorizon, insertChange, mostChanges, type ReadChange, readChanges } from './changes.ts';
import { coalesced } from './coalesced.ts';
import { openLine } from './open-line.ts';

/** What a listener is told; `everything` when changes were too many, or unread for too long, to be told one by one. */
export type Told = Change | 'everything';

export type Realtime = Announcer & {
  /** Calls `listener` for each committed change of any process on this database, until the function returned is called. */
  listen(listener: (told: Told) => void): () => void;
  close(): Promise<void>;
};

/** How often changes are looked for though nobody said so: the line may be down, or a pooler in between swallow notifications. */
export type Pace = { lineUpMs: number; lineDownMs: number };
const ordinaryPace: Pace = { lineUpMs: 3_000, lineDownMs: 500 };
const gapMs = 10;
/** Unread for longer than this, changes may have been forgotten already. */
const blindMs = 300_000;

/** Event rows written with what changed, one notification a process after commit, and a poll in case it is not heard (docs/adr/0014). */
export async function openRealtime(options: {
  db: Kysely<DB>;
  url: string;
  log: Log;
  pace?: Pace;
  /** What else another process may have changed: looked at each time, before anybody is told. */
  alongside?: (() => Promise<void>) | undefined;
}): Promise<Realtime> {
  const { db, log, pace = ordinaryPace, alongside } = options;
  const listeners = new Set<(told: Told) => void>();
  const tell = (told: Told) => {
    for (const listener of listeners) listener(told);
  };
  const read = changeReader(db, await currentHorizon(db), tell);
  const look = async () => {
    await alongside?.();
    await read();
  };
  const reading = coalesced(() => look().catch((error: unknown) => log.warn({ error }, 'changes could not be read; they are at the next beat')), { gapMs });
  const line = await openLine({ url: options.url, log, heard: reading.ask });

  let beat: NodeJS.Timeout | undefined;
  const plan = () => {
    beat = setTimeout(
      () => {
        reading.ask();
        plan();
      },
      line.isUp() ? pace.lineUpMs : pace.lineDownMs,
    ).unref();
  };
  plan();
  return {
    record: insertChange,
    flush() {
      reading.ask();
      line.ring();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearTimeout(beat);
      await reading.stop();
      await line.close();
    },
  };
}

/** Reads on from where it was, each change once. */
function changeReader(db: Kysely<DB>, from: string, tell: (told: Told) => void): () => Promise<void> {
  let horizon = from;
  let readAt = performance.now();
  /** Of the transactions not older than the horizon, what was told already. */
  let told = new Map<number, bigint>();

  return async () => {
    const { horizon: next, changes } = await readChanges(db, horizon);
    const blind = performance.now() - readAt > blindMs;
    readAt = performance.now();
    const fresh = changes.filter((change: ReadChange) => !told.has(change.seq));
    if (blind || changes.length === mostChanges) tell('everything');
    else for (const { personaIds, kind, subjectId } of fresh) tell({ personaIds, kind, subjectId });
    const oldest = BigInt(next);
    told = new Map([...told, ...fresh.map((change) => [change.seq, change.writtenBy] as const)].filter(([, writer]) => writer >= oldest));
    horizon = next;
  };
}
