import { sql } from 'kysely';
import type { Database } from '#context';

/** Whether a received file or a draft still hangs on the key of this UTC day. */
export async function isWaitingDayUsed(db: Database, day: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from uploads where key_day = ${day}) or exists (select from drafts where key_day = ${day}) as used`.execute(db);
  return rows[0]?.used ?? true;
}

export async function findKeyringFingerprint(db: Database): Promise<string | undefined> {
  const row = await db.selectFrom('installation').select('keyring_fingerprint').executeTakeFirst();
  return row?.keyring_fingerprint ?? undefined;
}

export async function updateKeyringFingerprint(db: Database, fingerprint: string): Promise<void> {
  await db.updateTable('installation').set({ keyring_fingerprint: fingerprint }).where('keyring_fingerprint', 'is', null).execute();
}

export type KeyCare = {
  copiedAt: Date | undefined;
  heldSince: Date | undefined;
  heldReason: string | undefined;
  fingerprint: string | undefined;
  demonstration: boolean;
};

/** When the keys were last copied, and whether their destruction is held. */
export async function findKeyCare(db: Database): Promise<KeyCare | undefined> {
  const row = await db
    .selectFrom('installation')
    .select(['keys_copied_at', 'keys_held_since', 'keys_held_reason', 'keyring_fingerprint', 'demonstration'])
    .executeTakeFirst();
  return (
    row && {
      copiedAt: row.keys_copied_at ?? undefined,
      heldSince: row.keys_held_since ?? undefined,
      heldReason: row.keys_held_reason ?? undefined,
      fingerprint: row.keyring_fingerprint ?? undefined,
      demonstration: row.demonstration,
    }
  );
}

/** `at`: by the machine's clock, for it is a matter of disks and not of messages. */
export async function updateKeysCopied(db: Database, at: Date): Promise<void> {
  await db.updateTable('installation').set({ keys_copied_at: at }).execute();
}

/** A person found the clock right. Without the last sweep forgotten, the same leap would hold the keys again at once. */
export async function updateKeysReleased(db: Database): Promise<void> {
  await db.updateTable('installation').set({ keys_held_since: null, keys_held_reason: null, last_tick_at: null }).execute();
}
