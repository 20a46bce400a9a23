import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';

type DraftRow = { content: Buffer; wrappedKey: Buffer; keyDay: string };
type NewDraft = DraftRow & { profileId: string; path: string; createdAt: Date; discardAt: Date };

export async function upsertDraft(db: Database, draft: NewDraft): Promise<void> {
  const content = { content: draft.content, wrapped_key: draft.wrappedKey, key_day: draft.keyDay, created_at: draft.createdAt, discard_at: draft.discardAt };
  await db
    .insertInto('drafts')
    .values({ profile_id: draft.profileId, path: draft.path, ...content })
    .onConflict((conflict) => conflict.columns(['profile_id', 'path']).doUpdateSet(content))
    .execute();
}

export async function findDraftRow(db: Database, profileId: string, path: string): Promise<DraftRow | undefined> {
  type Row = { content: Buffer; wrapped_key: Buffer; key_day: string };
  const [row] = await run<Row>(db, 'select content, wrapped_key, key_day from drafts where profile_id = $1 and path = $2', [profileId, path]);
  return row && { content: row.content, wrappedKey: row.wrapped_key, keyDay: row.key_day };
}

export async function deleteDraft(db: Database, profileId: string, path: string): Promise<void> {
  await db.deleteFrom('drafts').where('profile_id', '=', profileId).where('path', '=', path).execute();
}

/** Keeps the newest drafts of one person. */
export async function deleteDraftsBeyond(db: Database, profileId: string, most: number): Promise<void> {
  const older = db.selectFrom('drafts').select('path').where('profile_id', '=', profileId).orderBy('created_at', 'desc').orderBy('path').offset(most);
  await db.deleteFrom('drafts').where('profile_id', '=', profileId).where('path', 'in', older).execute();
}

export async function deleteDraftsDue(db: Database, now: Date): Promise<void> {
  await db.deleteFrom('drafts').where('discard_at', '<=', now).execute();
}

/** All of a person's drafts are due at `at`. */
export async function updateDraftsDiscarded(db: Database, profileId: string, at: Date): Promise<void> {
  await db.updateTable('drafts').set({ discard_at: at }).where('profile_id', '=', profileId).execute();
}
