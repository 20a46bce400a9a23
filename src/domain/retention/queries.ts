import { sql } from 'kysely';
import type { Database } from '#context';

export type Tick = { lastTickAt: Date | undefined; heldSince: Date | undefined; demonstration: boolean; databaseNow: Date };

/** What the rule on clocks needs to know; `clock_timestamp()` is PostgreSQL's own clock, asked for on purpose. */
export async function findTick(db: Database): Promise<Tick | undefined> {
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

export async function updateLastTick(db: Database, at: Date): Promise<void> {
  await db.updateTable('installation').set({ last_tick_at: at }).execute();
}

export async function updateKeysHeld(db: Database, held: { since: Date; reason: string }): Promise<void> {
  await db.updateTable('installation').set({ keys_held_since: held.since, keys_held_reason: held.reason }).where('keys_held_since', 'is', null).execute();
}

/** Whether a received file or a draft still hangs on the key of this UTC day. */
export async function isWaitingDayUsed(db: Database, day: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from uploads where key_day = ${day}) or exists (select from drafts where key_day = ${day}) as used`.execute(db);
  return rows[0]?.used ?? true;
}
