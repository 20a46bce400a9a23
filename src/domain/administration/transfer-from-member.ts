import { atomically, type Ctx, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { countHeldBy, transferConversations } from '#domain/conversations/api.ts';
import { accessAdministration } from '#domain/organisations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { type LockedMember, lockMember, type MemberPlace } from './access.ts';
import { continueHandover, noteHandedOver } from './hand-over.ts';
import { findLastHandover, type Handover, insertHandover } from './handover-queries.ts';

/** `waiting`: those that go on changing hands by themselves, when there are more than one act takes. */
export type Transferred = { transferred: number; waiting: number };

/**
 * Gives all that somebody holds to a colleague, before or after they leave (000-A2): red conversations are black again, under the colleague's
 * address. The colleague reads only what is posted from then on, unless they take part already, and is told once; the administrator reads
 * nothing. Two hundred at once; the others follow by a job, and asking again sets it off again.
 * Refuses `person.not-found`, `holder.not-a-collaborator` (the address is not one in force here), `holder.same`, `handover.under-way` (to
 * somebody else).
 */
export function transferFromMember(ctx: SignedInCtx, asked: MemberPlace & { toAddress: string }): Promise<Result<Transferred>> {
  const { organisationId, personaId } = asked;
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, asked);
    if (!door.ok) return door;
    const colleague = await findPersonaByAddress(inside, asked.toAddress);
    if (!colleague) return refuse('holder.not-a-collaborator');
    const last = await findLastHandover(inside, asked);
    if (last && !last.doneAt) return goOn(inside, last, colleague.id);
    const moved = await transferConversations(inside, { organisationId, fromPersonaId: personaId, toPersonaId: colleague.id });
    if (!moved.ok) return moved;
    return moved.value.more
      ? ok(await goOnLater(inside, door.value, { colleague, moved: moved.value.transferred }))
      : ok(await all(inside, door.value, { colleague, moved: moved.value.transferred }));
  });
}

async function goOn(ctx: Ctx, { organisationId, id, toPersonaId, toAddress, total, moved }: Handover, wanted: string): Promise<Result<Transferred>> {
  if (toPersonaId !== wanted) return refuse('handover.under-way', { address: toAddress });
  await continueHandover(ctx, { organisationId, id });
  return ok({ transferred: moved, waiting: Math.max(1, total - moved) });
}

type Moved = { colleague: { id: string; address: string }; moved: number };

async function all(ctx: Ctx, { organisationId, personaId, address }: LockedMember, { colleague, moved }: Moved): Promise<Transferred> {
  const place = { organisationId, fromPersonaId: personaId, fromAddress: address };
  await noteHandedOver(ctx, { ...place, toPersonaId: colleague.id, toAddress: colleague.address, moved });
  return { transferred: moved, waiting: 0 };
}

async function goOnLater(ctx: Ctx, { organisationId, personaId, address }: LockedMember, { colleague, moved }: Moved): Promise<Transferred> {
  const waiting = await countHeldBy(ctx, { organisationId, personaId });
  const key = { organisationId, id: ctx.newId() };
  await insertHandover(ctx, { ...key, fromPersonaId: personaId, toPersonaId: colleague.id, total: moved + waiting, moved });
  const details = { conversations: moved + waiting, recipient: colleague.address };
  await recordAudit(ctx, { organisationId, kind: 'conversations.transfer-begun', subject: { address }, details });
  await continueHandover(ctx, key);
  return { transferred: moved, waiting };
}

/** The last time what somebody held was given to a colleague in several steps: under way, or stopped before its end; for administrators. */
export async function findHandoverOf(ctx: SignedInCtx, place: MemberPlace): Promise<Handover | undefined> {
  if (!accessAdministration(ctx, place.organisationId).ok) return undefined;
  const last = await findLastHandover(ctx, place);
  return last?.doneAt && !last.stopped ? undefined : last;
}
