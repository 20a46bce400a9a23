import type { Ctx } from '#context';
import { refreshInboxes } from './jobs.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities, type NewActivity, updateConversationActivity } from './write-queries.ts';

/**
 * Something was done in a conversation whose row is locked: its line in the activities, the date of modification of everybody (000-27),
 * and the open screens. In the caller's transaction.
 */
export async function noteActivity(ctx: Ctx, { id = ctx.newId(), ...activity }: Omit<NewActivity, 'id' | 'at'> & { id?: string }): Promise<void> {
  const { organisationId, conversationId } = activity;
  const at = ctx.now();
  await insertActivities(ctx.db, [{ ...activity, id, at }]);
  await updateConversationActivity(ctx.db, { organisationId, conversationId, at });
  await refreshInboxes(ctx, { organisationId, conversationId });
  await tellPeople(ctx, { organisationId, conversationId }, 'messages');
}
