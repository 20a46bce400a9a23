import type { SignedInCtx } from '#context';
import { findUploads, type ReceivedFile } from '#domain/attachments/api.ts';
import type { DraftPlace, Version } from './draft.ts';
import { findDraftRow, listPlaces } from './queries.ts';
import { openDraft } from './sealing.ts';

/** A version as its author finds it again; files thrown away since are left out. */
type FoundVersion = { fields: Record<string, string>; files: ReceivedFile[]; savedAt: Date; writer: string };

/** `aside`: what other pages wrote of the same draft, oldest first. `parked`: kept from a form sent once its session had ended. */
export type FoundDraft = FoundVersion & { version: number; parked: boolean; aside: FoundVersion[] };

/**
 * What the actor was writing there, if anything is kept. The caller has passed the door of the place. Reading takes nothing away (S-07),
 * and costs no query to whoever had no draft at all when the session was read.
 */
export async function findDraft(ctx: SignedInCtx, place: DraftPlace): Promise<FoundDraft | undefined> {
  const { profileId, hasDrafts } = ctx.actor;
  const row = hasDrafts ? await findDraftRow(ctx.db, { profileId, place, now: ctx.now() }) : undefined;
  const opened = row && (await openDraft(ctx, row, { profileId, place }));
  if (!row || !opened) return undefined;
  const { latest, aside, parked } = opened.content;
  const files = new Map((await findUploads(ctx, { profileId, uploadIds: row.uploadIds })).map((file) => [file.uploadId, file]));
  return { ...found(latest, files), version: row.version, parked, aside: aside.map((version) => found(version, files)) };
}

function found({ draft, savedAt, writer }: Version, files: ReadonlyMap<string, ReceivedFile>): FoundVersion {
  return { fields: draft.fields, files: draft.uploadIds.flatMap((id) => files.get(id) ?? []), savedAt: new Date(savedAt), writer };
}

/** Where the actor has something unfinished, the latest first. No query for whoever has no draft. */
export async function findPlaces(ctx: SignedInCtx): Promise<DraftPlace[]> {
  if (!ctx.actor.hasDrafts) return [];
  const rows = await listPlaces(ctx.db, ctx.actor.profileId, ctx.now());
  return rows.map(({ conversationId, personaId }) => (conversationId && personaId ? { conversationId, personaId } : 'new'));
}
