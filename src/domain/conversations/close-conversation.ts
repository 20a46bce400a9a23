import type { SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Conversation } from './access.ts';
import { updateStatus } from './life-queries.ts';
import { managing } from './managing.ts';
import { noteActivity } from './note-activity.ts';

/** «Clore»: nobody posts any more, everybody reads on (000-C5). Twice is once. Refuses as `managing`, and `conversation.expired`. */
export function closeConversation(ctx: SignedInCtx, asked: Conversation): Promise<Result<undefined>> {
  return settle(ctx, asked, { status: 'closed', kind: 'closed' });
}

/** «Rouvrir»: what «Clore» ended goes on. */
export function reopenConversation(ctx: SignedInCtx, asked: Conversation): Promise<Result<undefined>> {
  return settle(ctx, asked, { status: 'open', kind: 'reopened' });
}

type Settled = { status: 'open'; kind: 'reopened' } | { status: 'closed'; kind: 'closed' };

function settle(ctx: SignedInCtx, asked: Conversation, { status, kind }: Settled): Promise<Result<undefined>> {
  return managing(ctx, asked, async (inside, { place, locked, conversation }) => {
    if (locked.status === 'expired' || locked.lastExpiresAt <= inside.now()) return refuse('conversation.expired');
    if (locked.status === status) return ok();
    await updateStatus(inside.db, place, status);
    await noteActivity(inside, { ...place, kind, personaId: conversation.personaId, afterPosition: locked.messageCount });
    return ok();
  });
}
