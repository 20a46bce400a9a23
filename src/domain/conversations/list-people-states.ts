import type { SignedInCtx } from '#context';
import { type LastDelivery, listLastDeliveries } from '#domain/notices/api.ts';
import type { Conversation } from './access.ts';
import { type FollowingRow, listFollowing } from './people-queries.ts';
import { listPeople, type PersonRow } from './queries.ts';

/** What a collaborator may know of somebody who takes part (000-C3): invited, told, with an account, opened, downloaded. */
export type PersonState = PersonRow & Omit<FollowingRow, 'personaId'> & { lastNotice: LastDelivery | undefined };

/**
 * Everybody who takes part, the holder first, and how they follow: three statements, whatever the number of messages. For who manages the
 * conversation (`canManage`): the caller has asked.
 */
export async function listPeopleStates(ctx: SignedInCtx, conversation: Conversation): Promise<PersonState[]> {
  const place = { organisationId: conversation.organisationId, conversationId: conversation.id };
  const people = await listPeople(ctx.db, conversation, ctx.now());
  const following = new Map((await listFollowing(ctx.db, place, ctx.now())).map((row) => [row.personaId, row]));
  const notices = await listLastDeliveries(ctx, { ...place, personaIds: people.map((person) => person.personaId) });
  return people.flatMap((person) => {
    const state = following.get(person.personaId);
    // Removed between two statements: not there any more.
    return state ? [{ ...state, ...person, lastNotice: notices.get(person.personaId) }] : [];
  });
}
