import { atomically, type SignedInCtx } from '#context';
import { listActiveCollaborators, policyOf } from '#domain/organisations/api.ts';
import { findOrInvitePersona } from '#domain/people/api.ts';
import { ok, type Refusal, type Result } from '#result';
import { conversationLimits, type NewPeople } from '#shared/conversations.ts';
import { addressKey } from '#shared/people.ts';
import type { ActivityKind } from './activity-kinds.ts';
import { lockManaged, type Managed } from './lock-managed.ts';
import { countAdded } from './people-queries.ts';
import { refusalOfDomains, refusalToPost } from './policy.ts';
import { putPeople } from './put-people.ts';
import { listTakingPart } from './taking-part-queries.ts';

type Invited = { id: string; address: string };

const kinds = {
  participant: { past: 'participant-added', none: 'participant-added-without-past' },
  collaborator: { past: 'collaborator-added', none: 'collaborator-added-without-past' },
} as const satisfies Record<NewPeople['role'], Record<'past' | 'none', ActivityKind>>;

/**
 * Adds people by address, with the past or without it (000-C2), as participants or, if they are collaborators in force of the organisation,
 * as collaborators (000-03, 000-C7). All or none. Somebody who was removed comes back, and sees what is chosen this time.
 * Refuses `conversation.not-found` (absent and forbidden alike), what `refusalToPost` refuses, `participants.already-there`,
 * `participants.not-collaborators`, `participants.domain-not-allowed` and `participants.too-many` (S-11: 100 besides the holder).
 */
export function addPeople(ctx: SignedInCtx, input: NewPeople & { conversationId: string; personaId: string }): Promise<Result<{ added: number }>> {
  return atomically(ctx, async (inside) => {
    const managed = await lockManaged(inside, input);
    if (!managed.ok) return managed;
    const { conversation, locked, place } = managed.value;
    const people = await invite(inside, input.addresses);
    const refusal = await refusalToAdd(inside, managed.value, { people, role: input.role });
    if (refusal) return { ok: false, refusal };
    await putPeople(inside, place, {
      personaIds: people.map((person) => person.id),
      role: input.role,
      byPersonaId: conversation.personaId,
      // Nobody gives more than they have: somebody added without the past gives what they see themselves.
      sees: input.past ? { from: conversation.visibleFrom, since: conversation.visibleSince } : { from: locked.messageCount + 1, since: undefined },
      kind: kinds[input.role][input.past ? 'past' : 'none'],
    });
    return ok({ added: people.length });
  });
}

/** In the order of addresses: two conversations that invite the same new people wait for each other instead of blocking. */
async function invite(ctx: SignedInCtx, addresses: readonly string[]): Promise<Invited[]> {
  const people: Invited[] = [];
  for (const address of [...addresses].sort((a, b) => (addressKey(a) < addressKey(b) ? -1 : 1))) people.push(await findOrInvitePersona(ctx, address));
  return people;
}

type Wanted = { people: readonly Invited[]; role: NewPeople['role'] };

/** Why these people cannot be added to a locked conversation, or undefined when they can. The sentence names the addresses at fault. */
export async function refusalToAdd(ctx: SignedInCtx, { locked, place }: Managed, { people, role }: Wanted): Promise<Refusal | undefined> {
  const refusal = refusalToPost(locked, ctx.now());
  if (refusal) return refusal;
  const { recipientDomains } = await policyOf(ctx, place.organisationId);
  const outside = refusalOfDomains(
    people.map((person) => person.address),
    recipientDomains,
  );
  if (outside) return outside;
  const present = new Set(await listTakingPart(ctx.db, place, ctx.now()));
  const already = people.filter((person) => present.has(person.id));
  if (already.length > 0) return { code: 'participants.already-there', data: named(already) };
  if (role === 'collaborator') {
    const collaborators = await listActiveCollaborators(ctx, { organisationId: place.organisationId, personaIds: people.map((person) => person.id) });
    const others = people.filter((person) => !collaborators.has(person.id));
    if (others.length > 0) return { code: 'participants.not-collaborators', data: named(others) };
  }
  const count = (await countAdded(ctx.db, place, ctx.now())) + people.length;
  const limit = conversationLimits.participants;
  return count > limit ? { code: 'participants.too-many', data: { count, limit } } : undefined;
}

function named(people: readonly Invited[]): { addresses: string; count: number } {
  const five = people.slice(0, 5).map((person) => person.address);
  return { addresses: five.join(', '), count: people.length };
}
