import { type Ctx, publish } from '#context';
import type { ChangeKind } from '#platform/realtime/changes.ts';
import { listTakingPart } from './write-queries.ts';

/** Says to the open screens of those who take part, and of nobody else, that something changed in their conversation. In the caller's transaction. */
export async function tellPeople(ctx: Ctx, place: { organisationId: string; conversationId: string }, kind: ChangeKind): Promise<void> {
  await publish(ctx, { personaIds: await listTakingPart(ctx.db, place), kind, subjectId: place.conversationId });
}
