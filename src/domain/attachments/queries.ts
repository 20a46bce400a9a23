import { sql } from 'kysely';
import type { Database } from '#context';
import { lockName } from '#platform/database/lock-name.ts';
import { run } from '#platform/database/statement.ts';

export type UploadRow = { id: string; label: Buffer; size: number; wrappedKey: Buffer; keyDay: string };

type NewUpload = {
  id: string;
  profileId: string;
  label: Buffer;
  wrappedKey: Buffer;
  keyDay: string;
  createdAt: Date;
  discardAt: Date;
  announced: number;
  resumable: boolean;
  /** Who writes its bytes from the start; null when its parts come later. */
  writer: string | null;
};

/** Until then a writer is believed to be alive. By PostgreSQL's clock, the only one that all processes share, and which nobody moves. */
const heldUntil = sql<Date>`clock_timestamp() + interval '15 seconds'`;

export async function insertUpload(db: Database, upload: NewUpload): Promise<void> {
  await db
    .insertInto('uploads')
    .values({
      id: upload.id,
      profile_id: upload.profileId,
      state: 'receiving',
      label: upload.label,
      wrapped_key: upload.wrappedKey,
      key_day: upload.keyDay,
      created_at: upload.createdAt,
      discard_at: upload.discardAt,
      announced: upload.announced,
      resumable: upload.resumable,
      writer: upload.writer,
      held_until: upload.writer === null ? null : heldUntil,
    })
    .execute();
}

/** False when the upload was thrown away while its bytes were arriving. */
export async function updateUploadReady(db: Database, id: string, size: number): Promise<boolean> {
  const whole = { state: 'ready', size, announced: size, received: size, writer: null, held_until: null } as const;
  const updated = await db.updateTable('uploads').set(whole).where('id', '=', id).executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

export async function deleteUpload(db: Database, id: string): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', id).execute();
}

/** Whether there was one of that person's. */
export async function deleteUploadOf(db: Database, of: { id: string; profileId: string }): Promise<boolean> {
  const deleted = await db.deleteFrom('uploads').where('id', '=', of.id).where('profile_id', '=', of.profileId).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** Until the transaction ends, nobody else decides whether what this person has waiting is too much. */
export async function lockWaiting(db: Database, profileId: string): Promise<void> {
  await lockName(db, `uploads:${profileId}`);
}

/**
 * What one person has sent, or is sending, and not posted. What is arriving counts for what it announced; not so a form's file whose process
 * died, which can never be finished.
 */
export async function weighUploads(db: Database, profileId: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select count(*)::int as files, coalesce(sum(greatest(size, announced)), 0)::int8 as bytes from uploads
    where profile_id = ${profileId} and (state = 'ready' or resumable or held_until > clock_timestamp())`.execute(db);
  return rows[0] ?? { files: 0, bytes: 0 };
}

type FoundUpload = { label: Buffer; wrappedKey: Buffer; keyDay: string; size: number; received: number; ready: boolean; held: boolean };

/** An upload of one person's that has not come to its end. A form's file that is arriving cannot be asked for. */
export async function findUploadRow(db: Database, of: { id: string; profileId: string; now: Date }): Promise<FoundUpload | undefined> {
  const row = await db
    .selectFrom('uploads')
    .select(['label', 'wrapped_key', 'key_day', 'announced', 'received', 'state', sql<boolean>`coalesce(held_until > clock_timestamp(), false)`.as('held')])
    .where('id', '=', of.id)
    .where('profile_id', '=', of.profileId)
    .where('discard_at', '>', of.now)
    .where((where) => where.or([where('resumable', '=', true), where('state', '=', 'ready')]))
    .executeTakeFirst();
  if (!row) return undefined;
  const { label, wrapped_key: wrappedKey, key_day: keyDay, announced, received, state, held } = row;
  return { label, wrappedKey, keyDay, size: announced, received, ready: state === 'ready', held };
}

/** `apart`: the writer before did not say that it ended, and may not know that it is believed dead. */
export type HeldUpload = { id: string; announced: number; received: number; apart: boolean };

/** Lets one writer in, and nobody else before it ends or dies. Undefined when another is in. */
export async function holdUpload(db: Database, asked: { id: string; profileId: string; writer: string }): Promise<HeldUpload | undefined> {
  const { rows } = await sql<HeldUpload>`
    update uploads set writer = ${asked.writer}, held_until = ${heldUntil}
    from (select id, writer is not null as apart from uploads where id = ${asked.id} for update) before
    where uploads.id = before.id and profile_id = ${asked.profileId} and state = 'receiving' and resumable
      and (held_until is null or held_until < clock_timestamp())
    returning uploads.id, announced, received, before.apart`.execute(db);
  return rows[0];
}

type Writing = { id: string; writer: string };

export async function renewHold(db: Database, { id, writer }: Writing): Promise<void> {
  await db.updateTable('uploads').set({ held_until: heldUntil }).where('id', '=', id).where('writer', '=', writer).execute();
}

export async function releaseHold(db: Database, { id, writer }: Writing): Promise<void> {
  await db.updateTable('uploads').set({ writer: null, held_until: null }).where('id', '=', id).where('writer', '=', writer).execute();
}

/** False when this writer is not the one let in any more, or the upload is gone. When it `ended` the next one may come. */
export async function updateUploadReceived(db: Database, { id, writer, received, ended }: Writing & { received: number; ended: boolean }): Promise<boolean> {
  const hold = ended ? { writer: null, held_until: null } : { held_until: heldUntil };
  const updated = await db
    .updateTable('uploads')
    .set({ received, ...hold })
    .where('id', '=', id)
    .where('writer', '=', writer)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** The last byte has come. False as above. */
export async function updateUploadWhole(db: Database, { id, writer }: Writing): Promise<boolean> {
  const updated = await db
    .updateTable('uploads')
    .set((set) => ({ state: 'ready', size: set.ref('announced'), received: set.ref('announced'), writer: null, held_until: null }))
    .where('id', '=', id)
    .where('writer', '=', writer)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** The received files of one person, in no order: callers put them back in the order they asked for. */
export async function listReadyUploads(db: Database, profileId: string, ids: readonly string[]): Promise<UploadRow[]> {
  const rows = await db
    .selectFrom('uploads')
    .select(['id', 'label', 'size', 'wrapped_key', 'key_day'])
    .where('id', 'in', ids)
    .where('profile_id', '=', profileId)
    .where('state', '=', 'ready')
    .execute();
  return rows.map((row) => ({ id: row.id, label: row.label, size: row.size, wrappedKey: row.wrapped_key, keyDay: row.key_day }));
}

/** A received file with the name and the key that its message gives it. */
export type ClaimedFile = { id: string; label: Buffer; size: number; wrappedKey: Buffer };
type ClaimOf = { profileId: string; organisationId: string; conversationId: string; messageId: string };

/** Makes a person's received files those of a message, in their order; how many it could: fewer when one was claimed or thrown away meanwhile. */
export async function claimUploads(
  db: Database,
  files: readonly ClaimedFile[],
  { profileId, organisationId, conversationId, messageId }: ClaimOf,
): Promise<number> {
  const columns = [files.map((file) => file.id), files.map((file) => file.label), files.map((file) => file.size), files.map((file) => file.wrappedKey)];
  return (await run(db, claimText, [organisationId, conversationId, messageId, profileId, ...columns])).length;
}

const claimText = `
  with file as (
    select * from unnest($5::uuid[], $6::bytea[], $7::int8[], $8::bytea[]) with ordinality as file (id, label, size, wrapped_key, position)
  ), taken as (
    delete from uploads where id = any($5::uuid[]) and profile_id = $4 and state = 'ready' returning id
  )
  insert into attachments (organisation_id, id, conversation_id, message_id, position, label, size, blob_id, wrapped_key)
  select $1, file.id, $2, $3, file.position, file.label, file.size, file.id, file.wrapped_key from file join taken on taken.id = file.id
  returning id`;

export type AttachmentRow = { id: string; messageId: string; conversationId: string; label: Buffer; size: number; blobId: string; wrappedKey: Buffer };

export async function listAttachments(db: Database, organisationId: string, messageIds: readonly string[]): Promise<AttachmentRow[]> {
  return (await run<RawAttachment>(db, attachmentsText, [organisationId, messageIds])).flatMap(toAttachment);
}

const attachmentsText = `
  select id, message_id, conversation_id, label, size, blob_id, wrapped_key from attachments
  where organisation_id = $1 and message_id = any($2::uuid[])
  order by message_id, position`;

export async function findAttachment(db: Database, id: string): Promise<AttachmentRow | undefined> {
  const row = await db
    .selectFrom('attachments')
    .select(['id', 'message_id', 'conversation_id', 'label', 'size', 'blob_id', 'wrapped_key'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toAttachment(row)[0] : undefined;
}

type RawAttachment = {
  id: string;
  message_id: string;
  conversation_id: string;
  label: Buffer | null;
  size: number;
  blob_id: string;
  wrapped_key: Buffer | null;
};

/** An attachment whose message expired has neither name nor key: it is no file any more. */
function toAttachment(row: RawAttachment): AttachmentRow[] {
  if (!row.label || !row.wrapped_key) return [];
  return [
    {
      id: row.id,
      messageId: row.message_id,
      conversationId: row.conversation_id,
      label: row.label,
      size: row.size,
      blobId: row.blob_id,
      wrappedKey: row.wrapped_key,
    },
  ];
}

export async function updateAttachmentKeys(db: Database, organisationId: string, files: readonly { id: string; wrappedKey: Buffer }[]): Promise<void> {
  if (files.length === 0) return;
  await sql`
    update attachments a set wrapped_key = file.wrapped_key
    from unnest(${files.map((file) => file.id)}::uuid[], ${files.map((file) => file.wrappedKey)}::bytea[]) as file (id, wrapped_key)
    where a.organisation_id = ${organisationId} and a.id = file.id`.execute(db);
}

/** Forgets names and keys of the messages' files and puts their bytes on the list of what is to be removed. */
export async function deleteAttachmentSecrets(db: Database, of: { organisationId: string; messageIds: readonly string[] }, dueAt: Date): Promise<void> {
  const rows = await db
    .updateTable('attachments')
    .set({ label: null, wrapped_key: null })
    .where('organisation_id', '=', of.organisationId)
    .where('message_id', 'in', of.messageIds)
    .where('wrapped_key', 'is not', null)
    .returning('blob_id')
    .execute();
  await insertBlobsToRemove(
    db,
    rows.map((row) => row.blob_id),
    dueAt,
  );
}

export async function insertBlobsToRemove(db: Database, blobIds: readonly string[], dueAt: Date): Promise<void> {
  if (blobIds.length === 0) return;
  await db
    .insertInto('blobs_to_remove')
    .values(blobIds.map((blobId) => ({ blob_id: blobId, due_at: dueAt })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** All that a person sent and did not post is due at `at`. */
export async function updateUploadsDiscarded(db: Database, profileId: string, at: Date): Promise<void> {
  await db.updateTable('uploads').set({ discard_at: at }).where('profile_id', '=', profileId).execute();
}

export async function deleteUploadsDue(db: Database, now: Date, most: number): Promise<string[]> {
  const due = db.selectFrom('uploads').select('id').where('discard_at', '<=', now).orderBy('discard_at').limit(most).forUpdate().skipLocked();
  const rows = await db.deleteFrom('uploads').where('id', 'in', due).returning('id').execute();
  return rows.map((row) => row.id);
}

export async function listBlobsToRemove(db: Database, now: Date, most: number): Promise<string[]> {
  const rows = await db.selectFrom('blobs_to_remove').select('blob_id').where('due_at', '<=', now).orderBy('blob_id').limit(most).execute();
  return rows.map((row) => row.blob_id);
}

export async function deleteBlobToRemove(db: Database, blobId: string): Promise<void> {
  await db.deleteFrom('blobs_to_remove').where('blob_id', '=', blobId).execute();
}

/** The ids of the blobs that a row still has the key of, in order, 1 000 at a time: what a backup copies. */
export async function* listKeptBlobs(db: Database): AsyncGenerator<string> {
  for (let after = nil; ; ) {
    const { rows } = await sql<{ id: string }>`
      select id from (
        (select blob_id as id from attachments where wrapped_key is not null and blob_id > ${after} order by blob_id limit 1000)
        union all (select id from uploads where state = 'ready' and id > ${after} order by id limit 1000)
      ) kept order by id limit 1000`.execute(db);
    yield* rows.map(({ id }) => id);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** RFC 9562 §5.9: before every other. */
const nil = '00000000-0000-0000-0000-000000000000';
