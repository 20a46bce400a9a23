import { sql } from 'kysely';
import type { Database } from '#context';

type Due = { profileId: string; uploadIds: readonly string[]; discardAt: Date };

export async function lockUploadsDueBefore(db: Database, due: Due): Promise<{ id: string; wrappedKey: Buffer; keyDay: string }[]> {
  const { rows } = await sql<{ id: string; wrappedKey: Buffer; keyDay: string }>`
    select id, wrapped_key as "wrappedKey", key_day as "keyDay" from uploads
    where id = any(${due.uploadIds}::uuid[]) and profile_id = ${due.profileId} and discard_at < ${due.discardAt}
    order by id for update`.execute(db);
  return rows;
}

export async function extendUploads(
  db: Database,
  files: readonly { id: string; wrappedKey: Buffer }[],
  to: { discardAt: Date; keyDay: string },
): Promise<void> {
  await sql`
    update uploads u set wrapped_key = again.wrapped_key, key_day = ${to.keyDay}, discard_at = ${to.discardAt}
    from unnest(${files.map(({ id }) => id)}::uuid[], ${files.map(({ wrappedKey }) => wrappedKey)}::bytea[]) as again (id, wrapped_key)
    where u.id = again.id`.execute(db);
}

export async function shortenUploads(db: Database, of: { profileId: string; uploadIds: readonly string[]; at: Date }): Promise<void> {
  await sql`
    update uploads set discard_at = ${of.at}
    where id = any(${of.uploadIds}::uuid[]) and profile_id = ${of.profileId} and discard_at > ${of.at}`.execute(db);
}
