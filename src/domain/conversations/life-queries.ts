import { sql } from 'kysely';
import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import { takingPart } from './taking-part-queries.ts';

type Key = { organisationId: string; conversationId: string };

export async function updateTitle(db: Database, key: Key, title: Buffer): Promise<void> {
  await conversation(db, key).set({ title }).execute();
}

export async function updateStatus(db: Database, key: Key, status: 'open' | 'closed'): Promise<void> {
  await conversation(db, key).set({ status }).execute();
}

export async function updateLifetime(db: Database, key: Key, days: number | undefined): Promise<void> {
  await conversation(db, key)
    .set({ expiry_days: days ?? null })
    .execute();
}

export type TitleKey = { lastExpiresAt: Date; wrappedKey: Buffer; keyDay: string };

export async function updateTitleKey(db: Database, key: Key, title: TitleKey): Promise<void> {
  await conversation(db, key).set({ last_expires_at: title.lastExpiresAt, wrapped_key: title.wrappedKey, key_day: title.keyDay }).execute();
}

function conversation(db: Database, key: Key) {
  return db.updateTable('conversations').where('organisation_id', '=', key.organisationId).where('id', '=', key.conversationId);
}

/** The days of this conversation itself, undefined where it follows its organisation. */
export async function findLifetime(db: Database, key: Key): Promise<number | undefined> {
  const row = await db
    .selectFrom('conversations')
    .select('expiry_days')
    .where('organisation_id', '=', key.organisationId)
    .where('id', '=', key.conversationId)
    .executeTakeFirst();
  return row?.expiry_days ?? undefined;
}

export type MovableRow = {
  id: string;
  position: number;
  sentAt: Date;
  expiresAt: Date;
  keyDay: string;
  wrappedKey: Buffer;
};

/** The readable messages from `from` on, or the one asked for, oldest first. */
export async function listMovable(db: Database, key: Key, asked: { from: number; messageId: string | undefined; now: Date }): Promise<MovableRow[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'position', 'sent_at', 'expires_at', 'key_day', 'wrapped_key'])
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('position', '>=', asked.from)
    .where('state', '=', sql.lit('posted'))
    .where('expires_at', '>', asked.now)
    .$if(asked.messageId !== undefined, (messages) => messages.where('id', '=', asked.messageId ?? ''))
    .orderBy('position')
    .execute();
  return rows.flatMap((row) =>
    row.wrapped_key
      ? [{ id: row.id, position: row.position, sentAt: row.sent_at, expiresAt: row.expires_at, keyDay: row.key_day, wrappedKey: row.wrapped_key }]
      : [],
  );
}

export type MovedMessage = { id: string; expiresAt: Date; keyDay: string; wrappedKey: Buffer; remindAt: Date | undefined };

export async function updateExpiries(db: Database, organisationId: string, moved: readonly MovedMessage[]): Promise<void> {
  await sql`
    update messages m set expires_at = moved.expires_at, key_day = moved.key_day, wrapped_key = moved.wrapped_key, remind_at = moved.remind_at
    from unnest(
      ${moved.map((message) => message.id)}::uuid[], ${moved.map((message) => message.expiresAt)}::timestamptz[],
      ${moved.map((message) => message.keyDay)}::date[], ${moved.map((message) => message.wrappedKey)}::bytea[],
      ${moved.map((message) => message.remindAt ?? null)}::timestamptz[]
    ) as moved (id, expires_at, key_day, wrapped_key, remind_at)
    where m.organisation_id = ${organisationId} and m.id = moved.id`.execute(db);
}

/** When the last of the readable messages ends; undefined when there is none. */
export async function findLastExpiry(db: Database, key: Key): Promise<Date | undefined> {
  const row = await db
    .selectFrom('messages')
    .select((messages) => messages.fn.max('expires_at').as('last'))
    .where('organisation_id', '=', key.organisationId)
    .where('conversation_id', '=', key.conversationId)
    .where('state', '=', sql.lit('posted'))
    .executeTakeFirst();
  return row?.last ?? undefined;
}

export type WithdrawableRow = { state: string; withdrawnAt: Date | undefined; expiresAt: Date };

export async function findWithdrawable(db: Database, organisationId: string, messageId: string): Promise<WithdrawableRow | undefined> {
  const row = await db
    .selectFrom('messages')
    .select(['state', 'withdrawn_at', 'expires_at'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  return row && { state: row.state, withdrawnAt: row.withdrawn_at ?? undefined, expiresAt: row.expires_at };
}

/** Nothing of it is left but who wrote it, and when. */
export async function updateMessageWithdrawn(db: Database, organisationId: string, message: { id: string; at: Date }): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: 'withdrawn', body: null, wrapped_key: null, withdrawn_at: message.at, remind_at: null })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', message.id)
    .execute();
}

/** It is closed to those who have not opened it. */
export async function updateMessageClosed(db: Database, organisationId: string, message: { id: string; at: Date }): Promise<void> {
  await db
    .updateTable('messages')
    .set({ withdrawn_at: message.at, remind_at: null })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', message.id)
    .execute();
}

export type Reader = { personaId: string; address: string; name: string | undefined; openedAt: Date | undefined };

/** Those who take part now and may know of the message, but its sender: who opened it, and when. */
export async function listReaders(db: Database, key: Key, asked: { messageId: string; now: Date }): Promise<Reader[]> {
  type Row = { persona_id: string; address: string; display_name: string | null; opened_at: Date | null };
  const rows = await run<Row>(db, readersText, [key.organisationId, key.conversationId, asked.messageId, asked.now]);
  return rows.map((row) => ({ personaId: row.persona_id, address: row.address, name: row.display_name ?? undefined, openedAt: row.opened_at ?? undefined }));
}

const readersText = `
    select p.persona_id, personas.address, profiles.display_name, o.opened_at
    from ${takingPart('$4')}
    join messages m on m.organisation_id = p.organisation_id and m.conversation_id = p.conversation_id and m.id = $3
      and m.position >= p.visible_from and m.sender_persona_id <> p.persona_id
    join personas on personas.id = p.persona_id
    left join profiles on profiles.id = personas.profile_id
    left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id and o.persona_id = p.persona_id
    where p.organisation_id = $1 and p.conversation_id = $2
    order by o.opened_at, personas.address
    limit 500`;
