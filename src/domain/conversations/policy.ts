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

/** Whoever takes part and is a collaborator in force of the organisation may take over, whatever their part so far (000-32, G-1). */
export function canTakeOver(actor: Actor, conversation: Managed): boolean {
  return canManage(actor, { ...conversation, role: 'collaborator' });
}

/** Why nothing in it can be changed now, or undefined: a red conversation waits to be taken over (000-32). */
export function refusalToManage({ holderActive }: { holderActive: boolean }): Refusal | undefined {
  return holderActive ? undefined : { code: 'conversation.read-only' };
}

/** Why an organisation's people may not write to these addresses, or undefined when they may (000-A3, S-01). No domain: all may be written to. */
export function refusalOfDomains(addresses: readonly string[], domains: readonly string[]): Refusal | undefined {
  const outside = addressesNotAllowed({ recipientDomains: domains }, addresses);
  if (outside.length === 0) return undefined;
  return { code: 'participants.domain-not-allowed', data: { addresses: outside.slice(0, 5).join(', '), domains: domains.join(', '), count: outside.length } };
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
