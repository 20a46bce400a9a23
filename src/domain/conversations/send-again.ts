import { atomically, type SignedInCtx } from '#context';
import { type LastDelivery, listLastDeliveries, listTellings, tellAgain } from '#domain/notices/api.ts';
import { ok, type Refusal, type Result, refuse } from '#result';
import { conversationLimits } from '#shared/conversations.ts';
import { lockManaged } from './lock-managed.ts';
import { findParticipation, listFollowing } from './people-queries.ts';
import type { AboutPerson } from './remove-person.ts';
import { insertActivities } from './write-queries.ts';

const day = 86_400_000;

/**
 * Sends the notice again to somebody for whom a message waits (000-C3): not sooner than ten minutes after the last one about this
 * conversation, nor more than five times in a day. The line it leaves is for collaborators alone; it moves no date of modification (000-27).
 * Refuses `conversation.not-found`, `person.not-here`, `notice.nothing-waits`, `notice.still-waiting` and `notice.too-soon`, which says when.
 */
export function sendAgain(ctx: SignedInCtx, asked: AboutPerson): Promise<Result<{ address: string }>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, asked);
    if (!managed.ok) return managed;
    const { conversation, place } = managed.value;
    const person = await findParticipation(inside.db, place, { personaId: asked.subjectPersonaId, now: inside.now() });
    if (!person || person.removedAt || person.personaId === conversation.personaId) return refuse('person.not-here');
    const following = (await listFollowing(inside.db, place, inside.now())).find((one) => one.personaId === person.personaId);
    const last = (await listLastDeliveries(inside, { ...place, personaIds: [person.personaId] })).get(person.personaId);
    const since = new Date(ctx.now().getTime() - day);
    const tellings = await listTellings(inside, { ...place, personaId: person.personaId, since, most: conversationLimits.tellingsPerDay });
    const refusal = refusalToSendAgain({ unread: following?.unread ?? 0, displayed: following?.displayed ?? true, last, tellings }, ctx.now());
    if (refusal) return { ok: false, refusal };

    const { organisationId, conversationId } = place;
    await tellAgain(inside, { organisationId, conversationId, senderPersonaId: conversation.personaId, recipientPersonaId: person.personaId });
    const line = { ...place, id: ctx.newId(), kind: 'notice-sent-again' as const, audience: 'collaborators' as const, personaId: conversation.personaId };
    await insertActivities(inside.db, [{ ...line, subjectPersonaId: person.personaId }]);
    return ok({ address: person.address });
  });
}

type Waiting = { unread: number; displayed: boolean; last: LastDelivery | undefined; tellings: readonly Date[] };

/** Why this person cannot be told again now, or undefined when they can. `tellings`: those of the last 24 hours, oldest first. */
export function refusalToSendAgain({ unread, displayed, last, tellings }: Waiting, now: Date): Refusal | undefined {
  if (unread === 0 && displayed) return { code: 'notice.nothing-waits' };
  if (last?.state === 'queued') return { code: 'notice.still-waiting' };
  const [oldest] = tellings;
  const soonest = [
    last && last.createdAt.getTime() + conversationLimits.tellingEveryMs,
    tellings.length >= conversationLimits.tellingsPerDay && oldest ? oldest.getTime() + day : undefined,
  ].filter((time) => time !== undefined);
  const next = Math.max(...soonest, 0);
  return next > now.getTime() ? { code: 'notice.too-soon', data: { at: new Date(next).toISOString() } } : undefined;
}
