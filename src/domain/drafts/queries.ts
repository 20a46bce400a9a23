import { sql } from 'kysely';
import type { Database } from '#context';
import { lockName } from '#platform/database/lock-name.ts';
import { run } from '#platform/database/statement.ts';
import { type DraftPlace, toColumns } from './draft.ts';

export type DraftRow = { version: number; content: Buffer; wrappedKey: Buffer; keyDay: string; savedAt: Date; uploadIds: string[] };
export type NewDraft = DraftRow & { profileId: string; place: DraftPlace; discardAt: Date };

const rowText = `
  select version, content, wrapped_key as "wrappedKey", key_day as "keyDay", saved_at as "savedAt", upload_ids::text[] as "uploadIds" from drafts
  where profile_id = $1 and conversation_id is not distinct from $2 and persona_id is not distinct from $3 and discard_at > $4`;

export async function findDraftRow(db: Database, of: { profileId: string; place: DraftPlace; now: Date }): Promise<DraftRow | undefined> {
  return (await run<DraftRow>(db, rowText, keyOf(of)))[0];
}

/** The same, held until the transaction ends: two pages that write one draft do so one after the other. */
export async function lockDraftRow(db: Database, of: { profileId: string; place: DraftPlace; now: Date }): Promise<DraftRow | undefined> {
  return (await run<DraftRow>(db, `${rowText} for update`, keyOf(of)))[0];
}

function keyOf({ profileId, place, now }: { profileId: string; place: DraftPlace; now: Date }): unknown[] {
  const { conversationId, personaId } = toColumns(place);
  return [profileId, conversationId, personaId, now];
}

/** Two first savings at the same moment, of one person: the second waits here for the first. */
export async function lockDrafts(db: Database, profileId: string): Promise<void> {
  await lockName(db, `drafts:${profileId}`);
}

export async function countDrafts(db: Database, profileId: string): Promise<number> {
  const { rows } = await sql<{ drafts: number }>`select count(*)::int as drafts from drafts where profile_id = ${profileId}`.execute(db);
  return rows[0]?.drafts ?? 0;
}

export async function upsertDraft(db: Database, draft: NewDraft): Promise<void> {
  const { conversationId, personaId } = toColumns(draft.place);
  const kept = {
    version: draft.version,
    content: draft.content,
    wrapped_key: draft.wrappedKey,
    key_day: draft.keyDay,
    upload_ids: draft.uploadIds,
    saved_at: draft.savedAt,
    discard_at: draft.discardAt,
  };
  await db
    .insertInto('drafts')
    .values({ profile_id: draft.profileId, conversation_id: conversationId, persona_id: personaId, ...kept })
    .onConflict((conflict) => conflict.columns(['profile_id', 'conversation_id', 'persona_id']).doUpdateSet(kept))
    .execute();
}

/** The files it held, or undefined when there was no draft. */
export async function deleteDraft(db: Database, profileId: string, place: DraftPlace): Promise<string[] | undefined> {
  const { conversationId, personaId } = toColumns(place);
  const text = `
    delete from drafts where profile_id = $1 and conversation_id is not distinct from $2 and persona_id is not distinct from $3
    returning upload_ids::text[] as "uploadIds"`;
  return (await run<{ uploadIds: string[] }>(db, text, [profileId, conversationId, personaId]))[0]?.uploadIds;
}

export async function deleteOldestDraft(db: Database, profileId: string): Promise<string[]> {
  const { rows } = await sql<{ uploadIds: string[] }>`
    delete from drafts where ctid in (select ctid from drafts where profile_id = ${profileId} order by saved_at, conversation_id limit 1)
    returning upload_ids::text[] as "uploadIds"`.execute(db);
  return rows.flatMap(({ uploadIds }) => uploadIds);
}

/** All that anybody was writing in a conversation. */
export async function deleteDraftsOf(
  db: Database,
  { conversationId, personaId }: { conversationId: string; personaId?: string | undefined },
): Promise<{ profileId: string; uploadIds: string[] }[]> {
  const { rows } = await sql<{ profileId: string; uploadIds: string[] }>`
    delete from drafts where conversation_id = ${conversationId} and persona_id = coalesce(${personaId ?? null}::uuid, persona_id)
    returning profile_id as "profileId", upload_ids::text[] as "uploadIds"`.execute(db);
  return rows;
}

export async function deleteDraftsDue(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('drafts').where('discard_at', '<=', now).execute();
}

/** At most some dozens: a profile may have no more. */
export async function listPlaces(db: Database, profileId: string, now: Date): Promise<{ conversationId: string | null; personaId: string | null }[]> {
  return run(
    db,
    'select conversation_id as "conversationId", persona_id as "personaId" from drafts where profile_id = $1 and discard_at > $2 order by saved_at desc',
    [profileId, now],
  );
}

/** All of a person's drafts are due at `at`. */
export async function updateDraftsDiscarded(db: Database, profileId: string, at: Date): Promise<void> {
  await db.updateTable('drafts').set({ discard_at: at }).where('profile_id', '=', profileId).execute();
}
