import { atomically, type SignedInCtx } from '#context';
import { draftLimits } from '#shared/drafts.ts';
import { type Content, contextOf, type DraftPlace, discardAtOf, type KeptDraft } from './draft.ts';
import { writeDraft } from './keep-draft.ts';
import { lockDraftRow, lockDrafts } from './queries.ts';
import { openDraft } from './sealing.ts';

type Asked = { place: DraftPlace; writer: string };

/** The version that page `writer` left beside the draft takes its place; the other goes beside. Undefined when there is no such version. */
export function takeVersion(ctx: SignedInCtx, asked: Asked): Promise<KeptDraft | undefined> {
  return settle(ctx, asked, (content, chosen) => ({ ...content, latest: chosen, aside: [...others(content, asked), content.latest] }));
}

/** Throws away the version that page `writer` left beside the draft. */
export function dropVersion(ctx: SignedInCtx, asked: Asked): Promise<KeptDraft | undefined> {
  return settle(ctx, asked, (content) => ({ ...content, aside: others(content, asked) }));
}

type Choice = (content: Content, chosen: Content['latest']) => Content;

async function settle(ctx: SignedInCtx, { place, writer }: Asked, choose: Choice): Promise<KeptDraft | undefined> {
  const of = { profileId: ctx.actor.profileId, place };
  const { keyDay } = discardAtOf(ctx.now(), draftLimits.days);
  const key = ctx.randomBytes(32);
  const fresh = { key, keyDay, wrappedKey: await ctx.keys.wrap(keyDay, key, contextOf(of.profileId, place)) };
  return atomically(ctx, async (inside) => {
    await lockDrafts(inside.db, of.profileId);
    const row = await lockDraftRow(inside.db, { ...of, now: ctx.now() });
    const opened = row && (await openDraft(inside, row, of));
    const chosen = opened?.content.aside.find((version) => version.writer === writer);
    if (!row || !opened || !chosen) return undefined;
    const version = row.version + 1;
    await writeDraft(inside, { of, row, opened, content: choose(opened.content, chosen), version, fresh });
    return { version, savedAt: ctx.now(), apart: false };
  });
}

function others(content: Content, { writer }: Asked): Content['aside'] {
  return content.aside.filter((version) => version.writer !== writer);
}
