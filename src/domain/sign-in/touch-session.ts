import type { SignedInCtx } from '#context';
import { updateSessionSeen } from './session-queries.ts';

/** Says that the actor is at work though no page is asked for: an upload in progress is activity (S-15). At most once a minute, please. */
export async function touchSession(ctx: SignedInCtx): Promise<void> {
  await updateSessionSeen(ctx, ctx.actor.sessionId);
}
