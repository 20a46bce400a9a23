import { z } from 'zod';
import { atomically, type Ctx, type SignedInCtx } from '#context';
import { type HolderPersona, listActiveCollaborators, listHolderPersonas } from '#domain/organisations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { lifeLimits } from '#shared/conversation-life.ts';
import { daysUntil, localDay, startOfDay } from '#shared/expiry.ts';
import type { Conversation } from './access.ts';
import {
  type Delegation,
  findDelegation,
  insertDelegatedPast,
  insertDelegation,
  isPastDelegated,
  listDelegationsOf,
  lockDelegations,
  updateDelegationEnds,
} from './delegation-queries.ts';
import { beginDelegation, endDelegation as leaveAll } from './delegation-work.ts';
import { managing } from './managing.ts';
import { sharePast } from './share-past.ts';

/** One that is not over, with both addresses. */
export type OwnDelegation = Delegation & { address: string; delegateAddress: string };

type Leave = { personaId: string; organisationId: string; address: string /** Days `YYYY-MM-DD`, both included. */; from: string; to: string };

/**
 * A collaborator names a colleague of the same organisation for the days of a leave (000-C7): from then on the colleague takes part in what
 * they hold, as a collaborator and under their own name, told like everybody; until it ends, by itself.
 * Refuses `conversation.may-not-start` (not one's own address, or no collaborator), `delegation.not-a-colleague`, `delegation.same`,
 * `delegation.wrong-days`, `delegation.overlaps`.
 */
export async function delegate(ctx: SignedInCtx, leave: Leave): Promise<Result<undefined>> {
  const absent = (await listHolderPersonas(ctx)).find((own) => own.personaId === leave.personaId && own.organisationId === leave.organisationId);
  if (!absent) return refuse('conversation.may-not-start');
  const period = periodOf(ctx, leave, absent);
  if (!period) return refuse('delegation.wrong-days', { days: lifeLimits.delegationDays });
  const { organisationId, personaId } = absent;
  const colleague = await findPersonaByAddress(ctx, leave.address);
  if (colleague?.id === personaId) return refuse('delegation.same');
  const inForce = colleague && (await listActiveCollaborators(ctx, { organisationId, personaIds: [colleague.id] }));
  if (!colleague || !inForce?.has(colleague.id)) return refuse('delegation.not-a-colleague', { address: leave.address.trim() });
  const delegation = { organisationId, id: ctx.newId(), personaId, delegatePersonaId: colleague.id, ...period };
  const added = await atomically(ctx, async (inside) => {
    await lockDelegations(inside.db, personaId);
    const others = await listDelegationsOf(inside.db, { personaIds: [personaId], now: inside.now() });
    const overlapping = others.some((one) => one.organisationId === organisationId && one.startsAt < period.endsAt && one.endsAt > period.startsAt);
    if (overlapping) return refuse('delegation.overlaps');
    await insertDelegation(inside.db, { ...delegation, createdAt: inside.now() });
    return ok();
  });
  // One conversation a transaction; what is left when the process dies is done by the sweep.
  if (added.ok && delegation.startsAt <= ctx.now()) await beginDelegation(ctx, delegation);
  return added;
}

function periodOf(ctx: Ctx, { from, to }: Leave, { timeZone }: HolderPersona): { startsAt: Date; endsAt: Date } | undefined {
  if (![from, to].every((day) => z.iso.date().safeParse(day).success)) return undefined;
  const now = ctx.now();
  const today = localDay(now, timeZone);
  if (from < today || to < from || daysUntil(now, to, timeZone) > lifeLimits.delegationDays) return undefined;
  return { startsAt: from === today ? now : startOfDay(from, timeZone), endsAt: startOfDay(to, timeZone, 1) };
}

/** The actor's own delegations that are not over, the next first. */
export function listOwnDelegations(ctx: SignedInCtx): Promise<OwnDelegation[]> {
  return listDelegationsOf(ctx.db, { personaIds: ctx.actor.personas.map((persona) => persona.id), now: ctx.now() });
}

/** Ends one's own delegation now: the colleague's door is closed at once. Refuses `delegation.not-found`. */
export async function endDelegation(ctx: SignedInCtx, delegationId: string): Promise<Result<undefined>> {
  const found = z.uuid().safeParse(delegationId).success ? await findDelegation(ctx.db, delegationId) : undefined;
  if (!found || !ctx.actor.personas.some((persona) => persona.id === found.personaId)) return refuse('delegation.not-found');
  await atomically(ctx, (inside) => updateDelegationEnds(inside.db, found, inside.now()));
  await leaveAll(ctx, found);
  return ok();
}

/** Who replaces, or is to replace, the holder of a conversation that the actor holds; and whether with its past. */
export async function listDelegatesHere(ctx: SignedInCtx, conversation: Conversation): Promise<(OwnDelegation & { withPast: boolean })[]> {
  if (conversation.role !== 'holder') return [];
  const all = await listDelegationsOf(ctx.db, { personaIds: [conversation.personaId], now: ctx.now() });
  const place = { organisationId: conversation.organisationId, conversationId: conversation.id };
  const here = all.filter((one) => one.organisationId === place.organisationId);
  return Promise.all(here.map(async (one) => ({ ...one, withPast: await isPastDelegated(ctx.db, place, one.id) })));
}

/**
 * «Avec le passé»: whoever replaces the holder reads what the holder reads of this conversation (000-C7); said by the holder alone, for
 * this conversation alone. Twice is once. Refuses as `managing`, and `delegation.not-found`.
 */
export function shareDelegatedPast(ctx: SignedInCtx, asked: Conversation, delegationId: string): Promise<Result<undefined>> {
  return managing(ctx, asked, async (inside, { place, conversation }) => {
    const found = z.uuid().safeParse(delegationId).success ? await findDelegation(inside.db, delegationId) : undefined;
    if (found?.personaId !== conversation.personaId || conversation.role !== 'holder' || found.organisationId !== place.organisationId) {
      return refuse('delegation.not-found');
    }
    if (await isPastDelegated(inside.db, place, found.id)) return ok();
    await insertDelegatedPast(inside.db, place, found.id);
    await sharePast(inside, place, { fromPersonaId: conversation.personaId, toPersonaId: found.delegatePersonaId });
    return ok();
  });
}
