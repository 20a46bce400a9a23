import { z } from 'zod';
import { atomically, type Ctx, publish } from '#context';
import type { JobDefinition } from '#platform/jobs/jobs.ts';
import { lockConversation, updateInboxesActivity } from './write-queries.ts';

const place = z.object({ organisationId: z.uuid(), conversationId: z.uuid() });
type Place = z.infer<typeof place>;

/** Asks for the others' rows of a conversation to move up: once, however many openings and downloads there were meanwhile. */
export function refreshInboxes(ctx: Ctx, { organisationId, conversationId }: Place): Promise<void> {
  return ctx.jobs.enqueue(ctx.db, refreshInboxesJob.name, { organisationId, conversationId }, { singletonKey: conversationId });
}

/** Running it twice brings the same rows to the same date. */
export const refreshInboxesJob: JobDefinition<Ctx, Place> = {
  name: 'refresh-inboxes',
  payload: place,
  attempts: 5,
  run: (ctx, payload) =>
    atomically(ctx, async (inside) => {
      await lockConversation(inside.db, payload);
      const personaIds = await updateInboxesActivity(inside.db, payload);
      await publish(inside, { personaIds, kind: 'activities', subjectId: payload.conversationId });
    }),
};
