import type { Actor } from '#context';
import type { Refusal } from '#result';
import { addressesNotAllowed, type Policy } from '#shared/policy.ts';

type Postable = { status: 'open' | 'closed' | 'expired'; holderActive: boolean; lastExpiresAt: Date };

/** Why nobody can post here now, or undefined when they can (000-32). */
export function refusalToPost(conversation: Postable, now: Date): Refusal | undefined {
  if (!conversation.holderActive) return { code: 'conversation.read-only' };
  if (conversation.status === 'expired' || conversation.lastExpiresAt <= now) return { code: 'conversation.expired' };
  if (conversation.status === 'closed') return { code: 'conversation.closed' };
  return undefined;
}

type Managed = { organisationId: string; personaId: string; role: 'holder' | 'collaborator' | 'participant' };

/**
 * Whether the actor, reading as this persona, has the collaborators' tools of a conversation: its holder and its collaborators, as long as
 * they are collaborators in force of its organisation. Somebody whose role was taken away still reads, and manages nothing.
 */
export function canManage(actor: Actor, conversation: Managed): boolean {
  if (conversation.role === 'participant') return false;
  return actor.memberships.some(
    (held) => held.role === 'collaborator' && held.organisationId === conversation.organisationId && held.personaId === conversation.personaId,
  );
}

/** Why an organisation's people may not write to these addresses, or undefined when they may (000-A3, S-01). */
export function refusalToWriteTo(policy: Pick<Policy, 'recipientDomains'>, addresses: readonly string[]): Refusal | undefined {
  const outside = addressesNotAllowed(policy, addresses);
  if (outside.length === 0) return undefined;
  const data = { addresses: outside.slice(0, 5).join(', '), count: outside.length, domains: policy.recipientDomains.join(', ') };
  return { code: 'participants.domain-not-allowed', data };
}

type Reading = { organisationId: string; personaId: string; holderPersonaId?: string | undefined };

/**
 * Whether somebody may see the activities of a conversation they take part in: everybody, or the holder and the organisation's collaborators
 * alone where it says so (000-39).
 */
export function canSeeActivities(actor: Pick<Actor, 'memberships'>, reading: Reading, policy: Pick<Policy, 'activitiesForParticipants'>): boolean {
  const { organisationId, personaId, holderPersonaId } = reading;
  if (policy.activitiesForParticipants || personaId === holderPersonaId) return true;
  return actor.memberships.some((held) => held.role === 'collaborator' && held.organisationId === organisationId && held.personaId === personaId);
}
