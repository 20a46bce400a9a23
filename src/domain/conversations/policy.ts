import type { Actor } from '#context';
import type { Refusal } from '#result';

type Postable = { status: 'open' | 'closed' | 'expired'; holderActive: boolean; lastExpiresAt: Date };

/** Why nobody can post here now, or undefined when they can (000-32). */
export function refusalToPost(conversation: Postable, now: Date): Refusal | undefined {
  if (!conversation.holderActive) return { code: 'conversation.read-only' };
  if (conversation.status === 'expired' || conversation.lastExpiresAt <= now) return { code: 'conversation.expired' };
  if (conversation.status === 'closed') return { code: 'conversation.closed' };
  return undefined;
}

/** Why nobody can change anything in it now: a red conversation waits to be taken over (000-32). */
export function refusalToManage({ holderActive }: { holderActive: boolean }): Refusal | undefined {
  return holderActive ? undefined : { code: 'conversation.read-only' };
}

type Part = { organisationId: string; personaId: string; role: 'holder' | 'collaborator' | 'participant' };

/** Its holder and its collaborators manage a conversation, as long as they are collaborators in force of its organisation. */
export function canManage(actor: Actor, conversation: Part): boolean {
  return conversation.role !== 'participant' && isCollaborator(actor, conversation);
}

/** Whoever takes part and is a collaborator in force of the organisation may take over, whatever their part so far (000-32, G-1). */
export function canTakeOver(actor: Actor, conversation: Part): boolean {
  return isCollaborator(actor, conversation);
}

function isCollaborator(actor: Actor, { organisationId, personaId }: Part): boolean {
  return actor.memberships.some((held) => held.role === 'collaborator' && held.organisationId === organisationId && held.personaId === personaId);
}
