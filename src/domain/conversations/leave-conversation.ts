import { atomically, type SignedInCtx } from '#context';
import { ok, type Refusal, type Result, refuse } from '#result';
import { accessOneConversation, type Conversation } from './access.ts';
import { hasTakenPart, listManagers } from './people-queries.ts';
import { takeOut } from './take-out.ts';
import { lockConversation } from './write-queries.ts';

type Leaving = { conversationId: string; personaId: string };

/**
 * Takes the actor's persona out of a conversation, at once, by its own decision; the activities say so. It may be added again. Also in a red,
 * closed or expired conversation (000-32). Leaving twice is leaving once.
 * Refuses `conversation.not-found`, `conversation.holder-stays` and `person.last-collaborator`.
 */
export function leaveConversation(ctx: SignedInCtx, asked: Leaving): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const found = await accessOneConversation(inside, asked);
    if (!found) return (await hasLeft(inside, asked)) ? ok() : refuse('conversation.not-found');
    const place = { organisationId: found.organisationId, conversationId: found.id, at: ctx.now() };
    await lockConversation(inside.db, place);
    // Removed, or gone by another tab, while the lock was waited for.
    const conversation = await accessOneConversation(inside, asked);
    if (!conversation) return ok();
    const refusal = await refusalToLeave(inside, conversation);
    if (refusal) return { ok: false, refusal };
    await takeOut(inside, place, { personaId: conversation.personaId, line: { kind: 'person-left', personaId: conversation.personaId } });
    return ok();
  });
}

/** Why this persona stays; undefined when it may leave. */
export async function refusalToLeave(ctx: SignedInCtx, conversation: Conversation): Promise<Refusal | undefined> {
  if (conversation.role === 'holder') return { code: 'conversation.holder-stays' };
  if (conversation.role === 'participant') return undefined;
  const managers = await listManagers(ctx.db, { organisationId: conversation.organisationId, conversationId: conversation.id }, ctx.now());
  return managers.length === 1 && managers[0] === conversation.personaId ? { code: 'person.last-collaborator' } : undefined;
}

async function hasLeft(ctx: SignedInCtx, { conversationId, personaId }: Leaving): Promise<boolean> {
  return ctx.actor.personas.some((persona) => persona.id === personaId) && hasTakenPart(ctx.db, { conversationId, personaId });
}
