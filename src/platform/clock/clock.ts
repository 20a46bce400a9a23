import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.ts';

/** Pli's clock: the machine's, plus an offset that only the demonstration moves and that the database keeps across restarts. */
export type Clock = {
  now: () => Date;
  /** The clock sessions live by: moved only when asked to. */
  sessionNow: () => Date;
  /** Moves the clock forward by calendar arithmetic in UTC and answers the new now. The duration comes from `parseForwardDuration`. */
  advance(duration: Temporal.Duration, options?: { sessions?: boolean }): Promise<Date>;
  /** Reads what another process may have moved. Never goes back. */
  refresh(): Promise<void>;
  /** Milliseconds between the machine's clock and each of ours. */
  offset(): { clock: number; sessions: number };
};

/** Reads the offsets kept in `installation` (0 when the row is not there yet). `machine` stands for the machine's clock in tests. */
export async function openClock(db: Kysely<DB>, machine: () => number = Date.now): Promise<Clock> {
  let offset = await readOffset(db);
  const now = () => new Date(machine() + offset.clock);
  /** Two moves at the same time may answer in the other order: our clock never goes back. */
  const follow = (moved: typeof offset) => {
    offset = { clock: Math.max(offset.clock, moved.clock), sessions: Math.max(offset.sessions, moved.sessions) };
  };
  return {
    now,
    sessionNow: () => new Date(machine() + offset.sessions),
    offset: () => offset,
    async advance(duration, { sessions = false } = {}) {
      const from = Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO('UTC');
      const leap = from.add(duration).epochMilliseconds - from.epochMilliseconds;
      follow(await moveOffset(db, leap, sessions));
      return now();
    },
    refresh: async () => follow(await readOffset(db)),
  };
}

/** The same clock, which tells the other processes on the database when it was moved, and answers once those of this machine know. */
export function announcedClock(clock: Clock, announce: () => Promise<unknown>): Clock {
  return {
    ...clock,
    async advance(duration, options) {
      const moved = await clock.advance(duration, options);
      await announce();
      return moved;
    },
  };
}

async function readOffset(db: Kysely<DB>) {
  const row = await db.selectFrom('installation').select(['clock_offset_ms', 'session_offset_ms']).executeTakeFirst();
  return { clock: row?.clock_offset_ms ?? 0, sessions: row?.session_offset_ms ?? 0 };
}

/** Added in the database, so that two moves at the same time both count. */
async function moveOffset(db: Kysely<DB>, leap: number, sessions: boolean) {
  const row = await db
    .updateTable('installation')
    .set((row) => ({
      clock_offset_ms: row('clock_offset_ms', '+', leap),
      session_offset_ms: row('session_offset_ms', '+', sessions ? leap : 0),
    }))
    .returning(['clock_offset_ms', 'session_offset_ms'])
    .executeTakeFirstOrThrow();
  return { clock: row.clock_offset_ms, sessions: row.session_offset_ms };
}
