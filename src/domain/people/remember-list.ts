import type { ListChoice, SignedInCtx } from '#context';
import { updateListChoice } from './queries.ts';

/** Keeps how the actor last chose to see their list, for all their browsers (000-35). Nothing is written when it is as it was. */
export async function rememberList(ctx: SignedInCtx, chosen: ListChoice): Promise<void> {
  const { list } = ctx.actor;
  if (list?.size !== chosen.size || list.order !== chosen.order) await updateListChoice(ctx, ctx.actor.profileId, chosen);
}
