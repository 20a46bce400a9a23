import { atomically, type Ctx } from '#context';
import { keepUploads, releaseUploads } from '#domain/attachments/api.ts';
import { ok, type Refusal, type Result, refuse } from '#result';
import { draftLimits } from '#shared/drafts.ts';
import { dayMilliseconds } from '#shared/expiry.ts';
import { type Content, contextOf, type DraftPlace, type DraftToKeep, discardAtOf, isEmpty, isSame, type KeptDraft, uploadsOf, type Version } from './draft.ts';
import { countDrafts, type DraftRow, deleteDraft, deleteOldestDraft, lockDraftRow, lockDrafts, upsertDraft } from './queries.ts';
import { type OpenedDraft, openDraft, sealDraft } from './sealing.ts';

/**
 * `parked`: from a form sent once its session had ended. There is nobody to answer a refusal to: the oldest makes room.
 * `forbidden`: asked first within the transaction; what it answers is the refusal.
 */
export type Keeping = {
  profileId: string;
  place: DraftPlace;
  parked?: boolean;
  forbidden?: (inside: Ctx) => Promise<Refusal | undefined>;
} & DraftToKeep;

/**
 * Keeps what `profileId` is writing for 30 days, with its files. The door of the place is the caller's. A page that knows another version than the one there is does not overwrite it: both are kept.
 * Refuses `draft.too-large`, `draft.too-many` (50 a profile) and `draft.too-many-versions` (three beside the draft).
 */
export async function keepDraft(ctx: Ctx, keeping: Keeping): Promise<Result<KeptDraft>> {
  if (Buffer.byteLength(JSON.stringify(keeping.draft)) > draftLimits.bytes) return refuse('draft.too-large');
  const { keyDay } = discardAtOf(ctx.now(), draftLimits.days);
  const key = ctx.randomBytes(32);
  // Made before the transaction, which then finds the day's key in memory.
  const fresh = { key, keyDay, wrappedKey: await ctx.keys.wrap(keyDay, key, contextOf(keeping.profileId, keeping.place)) };
  return atomically(ctx, (inside) => keepInside(inside, keeping, fresh));
}

type FreshKey = { key: Buffer; keyDay: string; wrappedKey: Buffer };

async function keepInside(ctx: Ctx, keeping: Keeping, fresh: FreshKey): Promise<Result<KeptDraft>> {
  const refusal = await keeping.forbidden?.(ctx);
  if (refusal) return { ok: false, refusal };
  await lockDrafts(ctx.db, keeping.profileId);
  const row = await lockDraftRow(ctx.db, { ...keeping, now: ctx.now() });
  const opened = row && (await openDraft(ctx, row, keeping));
  const mine: Version = { draft: keeping.draft, writer: keeping.writer, savedAt: ctx.now().toISOString() };
  if (!row || !opened) return keepFirst(ctx, { keeping, fresh, mine, row });
  const { content } = opened;
  if (isSame(content.latest.draft, mine.draft)) return ok({ version: row.version, savedAt: row.savedAt, apart: false });
  // Whoever wrote last goes on writing, even when the answer that told the new number was lost on its way.
  const follows = row.version === keeping.version || content.latest.writer === mine.writer;
  const next = follows ? followed(content, mine, keeping) : setAside(content, mine, keeping);
  if (!next) return refuse('draft.too-many-versions', { limit: draftLimits.aside });
  if (isEmpty(next.latest.draft) && next.aside.length === 0) {
    await letGo(ctx, keeping.profileId, (await deleteDraft(ctx.db, keeping.profileId, keeping.place)) ?? []);
    return ok({ version: 0, savedAt: ctx.now(), apart: false });
  }
  const version = follows ? row.version + 1 : row.version;
  await writeDraft(ctx, { of: keeping, row, opened, content: next, version, fresh });
  return ok({ version, savedAt: ctx.now(), apart: !follows });
}

type First = { keeping: Keeping; fresh: FreshKey; mine: Version; row: DraftRow | undefined };

async function keepFirst(ctx: Ctx, { keeping, fresh, mine, row }: First): Promise<Result<KeptDraft>> {
  if (isEmpty(mine.draft)) return ok({ version: 0, savedAt: ctx.now(), apart: false });
  if (!row && (await countDrafts(ctx.db, keeping.profileId)) >= draftLimits.perProfile) {
    if (!keeping.parked) return refuse('draft.too-many', { limit: draftLimits.perProfile });
    await letGo(ctx, keeping.profileId, await deleteOldestDraft(ctx.db, keeping.profileId));
  }
  const version = Math.max(keeping.version, row?.version ?? 0) + 1;
  await writeDraft(ctx, { of: keeping, row, opened: undefined, content: { latest: mine, aside: [], parked: keeping.parked ?? false }, version, fresh });
  return ok({ version, savedAt: ctx.now(), apart: false });
}

function followed(content: Content, mine: Version, { parked = false }: Keeping): Content {
  return { latest: mine, aside: content.aside.filter(({ writer }) => writer !== mine.writer), parked };
}

/** Undefined when there is no room beside the draft, and somebody to be told so. */
function setAside(content: Content, mine: Version, { parked }: Keeping): Content | undefined {
  const others = content.aside.filter(({ writer }) => writer !== mine.writer);
  if (isEmpty(mine.draft)) return { ...content, aside: others };
  if (others.length >= draftLimits.aside && !parked) return undefined;
  return { ...content, aside: [...others.slice(1 - draftLimits.aside), mine] };
}

type Writing = {
  of: { profileId: string; place: DraftPlace };
  row: DraftRow | undefined;
  opened: OpenedDraft | undefined;
  content: Content;
  version: number;
  fresh: FreshKey;
};

/** One data key a draft, wrapped again when its last day moves: once a day at most. */
export async function writeDraft(ctx: Ctx, { of, row, opened, content, version, fresh }: Writing): Promise<void> {
  const { discardAt, keyDay } = discardAtOf(ctx.now(), draftLimits.days);
  const uploadIds = uploadsOf(content);
  let kept = fresh;
  if (row && opened) {
    const same = row.keyDay === keyDay;
    kept = { key: opened.key, keyDay, wrappedKey: same ? row.wrappedKey : await ctx.keys.wrap(keyDay, opened.key, contextOf(of.profileId, of.place)) };
  }
  const { profileId, place } = of;
  await upsertDraft(ctx.db, {
    ...{ profileId, place, version, discardAt, uploadIds, savedAt: ctx.now() },
    ...{ content: sealDraft(kept.key, content, of), wrappedKey: kept.wrappedKey, keyDay },
  });
  await keepUploads(ctx, { profileId: of.profileId, uploadIds, discardAt, keyDay });
  // What was taken off the form waits as any received file does: it may have been taken off by mistake.
  const left = (row?.uploadIds ?? []).filter((id) => !uploadIds.includes(id));
  await releaseUploads(ctx, { profileId: of.profileId, uploadIds: left, at: new Date(ctx.now().getTime() + dayMilliseconds) });
}

function letGo(ctx: Ctx, profileId: string, uploadIds: string[]): Promise<void> {
  return releaseUploads(ctx, { profileId, uploadIds, at: new Date(ctx.now().getTime() + dayMilliseconds) });
}
