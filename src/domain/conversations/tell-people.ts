import { type Ctx, publish } from '#context';
import type { ChangeKind } from '#platform/realtime/changes.ts';
import { listTakingPart } from './taking-part-queries.ts';
import { listReadersOf } from './write-queries.ts';

/** Says to the open screens of those who take part, and of nobody else, that something changed in their conversation. In the caller's transaction. */
export async function tellPeople(ctx: Ctx, place: { organisationId: string; conversationId: string }, kind: ChangeKind): Promise<void> {
  await publish(ctx, { personaIds: await listTakingPart(ctx.db, place, ctx.now()), kind, subjectId: place.conversationId });
}

/** The account of a holder closed or opened: the lists and pages of whoever takes part in their conversations turn red, or black, at once. */
export async function tellHolderChanged(ctx: Ctx, holder: { organisationId: string; personaId: string }): Promise<void> {
  const personaIds = await listReadersOf(ctx.db, holder);
  if (personaIds.length > 0) await publish(ctx, { personaIds, kind: 'activities', subjectId: holder.personaId });
}
