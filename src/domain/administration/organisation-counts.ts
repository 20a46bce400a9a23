import type { Ctx, SignedInCtx } from '#context';
import { accessAdministration } from '#domain/organisations/api.ts';
import { countAll, findCounts, findStalest, upsertCounts } from './count-queries.ts';

export type { Counts } from './count-queries.ts';

/** How old the counts of an organisation may be before they are made again. */
const freshForMs = 10 * 60_000;
const noticeDays = 30;

/**
 * Due work: counts again what the organisation counted longest ago holds, one organisation a round, so that a round stays short whatever the
 * installation. Twice at once writes the same numbers twice.
 */
export async function refreshCounts(ctx: Ctx): Promise<void> {
  const now = ctx.now().getTime();
  const organisationId = await findStalest(ctx, new Date(now - freshForMs));
  if (!organisationId) return;
  await upsertCounts(ctx, organisationId, await countAll(ctx, organisationId, new Date(now - noticeDays * 86_400_000)));
}

/** What an organisation holds, in numbers alone (000-A3), and when it was counted; for its administrators. */
export async function readCounts(ctx: SignedInCtx, organisationId: string) {
  return accessAdministration(ctx, organisationId).ok ? findCounts(ctx, organisationId) : undefined;
}
