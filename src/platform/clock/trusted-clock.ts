import { type Kysely, sql } from 'kysely';
import type { DB } from '../database/schema.ts';
import { mayDestroyKeys } from '../keys/may-destroy-keys.ts';
import type { Log } from '../log/log.ts';

type Asking = { db: Kysely<DB>; now: () => Date; log: Log };

/** A leap by which the clock is doubted, and for how long: one that is put right within the hour has then destroyed nothing. */
const leapMs = 30 * 60_000;
const doubtMs = 60 * 60_000;

/**
 * Whether what nothing brings back may be done now: asked by each due work that destroys (docs/adr/0027). Once the clock is found wrong
 * (`mayDestroyKeys`), it is noted for `bin/pli doctor`, logged once, and everything due waits, unreadable, for `bin/pli keys confirm`.
 * A lesser leap, of more than half an hour under a process that runs, is believed once it has lasted an hour.
 * `machineNow` is the machine's own clock; it differs from `ctx.now` in the demonstration alone, where nothing is held.
 */
export async function mayDestroyNow(ctx: Asking, machineNow: () => Date = ctx.now): Promise<boolean> {
  const tick = await findTick(ctx.db);
  if (!tick) return true; // Nothing was ever begun here.
  const now = ctx.now();
  const verdict = mayDestroyKeys({ ...tick, now, machineNow: machineNow() });
  if (verdict.may) return tick.demonstration || !isDoubted(ctx, now);
  if (verdict.reason !== 'held') {
    ctx.log.error({ reason: verdict.reason }, 'Nothing is destroyed until `bin/pli keys confirm`: the clock cannot be trusted');
    const held = { keys_held_since: now, keys_held_reason: verdict.reason };
    await ctx.db.updateTable('installation').set(held).where('keys_held_since', 'is', null).execute();
  }
  return false;
}

/** What this process last saw of Pli's clock, beside one that never leaps; milliseconds. */
type Seen = { clock: number; steady: number; doubtedUntil: number };
const lastSeen = new WeakMap<Kysely<DB>, Seen>();

function isDoubted({ db, log }: Asking, now: Date): boolean {
  const [clock, steady] = [now.getTime(), performance.now()];
  const before = lastSeen.get(db) ?? { clock, steady, doubtedUntil: steady };
  const leap = clock - before.clock - (steady - before.steady);
  if (leap > leapMs) log.warn({ minutes: Math.round(leap / 60_000) }, 'The clock leapt forward: nothing is destroyed within the hour');
  const doubtedUntil = leap > leapMs ? steady + doubtMs : leap < -leapMs ? steady : before.doubtedUntil;
  lastSeen.set(db, { clock, steady, doubtedUntil });
  return steady < doubtedUntil;
}

/** What the rule on clocks needs to know; `clock_timestamp()` is PostgreSQL's own clock, asked for on purpose. */
async function findTick(db: Kysely<DB>) {
  const row = await db
    .selectFrom('installation')
    .select(['last_tick_at', 'keys_held_since', 'demonstration'])
    .select(sql<Date>`clock_timestamp()`.as('database_now'))
    .executeTakeFirst();
  return (
    row && {
      lastTickAt: row.last_tick_at ?? undefined,
      heldSince: row.keys_held_since ?? undefined,
      demonstration: row.demonstration,
      databaseNow: row.database_now,
    }
  );
}

/** Everything due by then has been done. Time going back is not a tick: the last one stays, so that a leap forward again is measured from it. */
export async function noteTick(db: Kysely<DB>, at: Date): Promise<void> {
  const later = sql<boolean>`last_tick_at is null or last_tick_at < ${at}`;
  await db.updateTable('installation').set({ last_tick_at: at }).where(later).execute();
}
