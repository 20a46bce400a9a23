import { atomically, publish, type SignedInCtx } from '#context';
import { sendAlert } from '#domain/notices/api.ts';
import { listHoldingRoles } from '#domain/organisations/api.ts';
import { leaveProfile, listPersonas, lockProfile, type Persona } from '#domain/people/api.ts';
import { ok, type Refusal, type Result, refuse } from '#result';
import { deleteCodeMethod } from './method-queries.ts';

export type OwnAddress = Persona & {
  /** Why it cannot be removed; undefined when it can. */
  kept: Refusal | undefined;
};

/** The actor's addresses, oldest first, each with what keeps it in the profile. */
export async function listOwnAddresses(ctx: SignedInCtx): Promise<OwnAddress[]> {
  const personas = await listPersonas(ctx, ctx.actor.profileId);
  const holding = await listHoldingRoles(
    ctx,
    personas.map((persona) => persona.id),
  );
  return personas.map((persona) => ({ ...persona, kept: refusalToRemove(persona, { personas, holding }) }));
}

/**
 * Takes an address out of the actor's profile: it is nobody's until a code sent to it comes back, and its conversations stay its own. All
 * addresses are told, that one too. Refuses `person.not-found` (not the actor's, or removed already), `person.address-last` and
 * `person.address-of-member` (an organisation gave it a role, or opened its account).
 */
export function removeAddress(ctx: SignedInCtx, personaId: string): Promise<Result<{ address: string }>> {
  const { profileId } = ctx.actor;
  return atomically(ctx, async (inside) => {
    await lockProfile(inside, profileId);
    const own = await listOwnAddresses(inside);
    const removed = own.find((persona) => persona.id === personaId);
    if (!removed) return refuse('person.not-found');
    if (removed.kept) return { ok: false, refusal: removed.kept };
    await deleteCodeMethod(inside, personaId);
    await leaveProfile(inside, { id: personaId, profileId });
    for (const { address } of own) await sendAlert(inside, { to: address, kind: 'address-removed', locale: ctx.locale });
    await publish(inside, { personaIds: own.map((persona) => persona.id), kind: 'messages', subjectId: profileId });
    return ok({ address: removed.address });
  });
}

function refusalToRemove(persona: Persona, { personas, holding }: { personas: readonly Persona[]; holding: ReadonlySet<string> }): Refusal | undefined {
  if (holding.has(persona.id) || persona.vouchedBy !== undefined || persona.closedAt) return { code: 'person.address-of-member' };
  // One that is closed signs nobody in: it does not count.
  const others = personas.filter((other) => other.id !== persona.id && !other.closedAt);
  return others.length === 0 ? { code: 'person.address-last' } : undefined;
}
