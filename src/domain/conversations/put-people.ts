import { type Ctx, publish } from '#context';
import { tellPersonAdded } from '#domain/notices/api.ts';
import type { ActivityKind } from './activity-kinds.ts';
import { upsertParticipations } from './people-queries.ts';
import type { LinePlace } from './queries.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities, updateConversationActivity, updateInboxesActivity } from './write-queries.ts';

type Place = { organisationId: string; conversationId: string; at: Date };

export type Newcomers = {
  personaIds: readonly string[];
  role: 'collaborator' | 'participant';
  /** Who adds them. */
  byPersonaId: string;
  /** The number of the first message they may see; past the first one, also the first line they may read when it is not their own. */
  sees: { from: number; since: LinePlace | undefined };
  /** Said of each of them; what the others read. */
  kind: ActivityKind;
};

/** Makes personas that take no part take part: participations, inboxes, one line each, a notice each. The conversation's row is locked by the caller. */
export async function putPeople(ctx: Ctx, place: Place, newcomers: Newcomers): Promise<void> {
  const { organisationId, conversationId } = place;
  const { personaIds, role, byPersonaId, sees } = newcomers;
  const lines = personaIds.map((subjectPersonaId) => ({ ...place, id: ctx.newId(), kind: newcomers.kind, personaId: byPersonaId, subjectPersonaId }));
  const [own] = lines;
  const visibleSince = sees.from > 1 ? (sees.since ?? own) : undefined;
  await upsertParticipations(ctx.db, { ...place, personaIds, role, visibleFrom: sees.from, visibleSince });
  await insertActivities(ctx.db, lines);
  await updateConversationActivity(ctx.db, place);
  await updateInboxesActivity(ctx.db, place);
  await tellPersonAdded(ctx, { organisationId, conversationId, senderPersonaId: byPersonaId, recipientPersonaIds: personaIds });
  await publish(ctx, { personaIds, kind: 'messages', subjectId: conversationId });
  await tellPeople(ctx, place, 'activities');
}
