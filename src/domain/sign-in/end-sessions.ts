import type { Ctx, SignedInCtx } from '#context';
import { type EndReason, updateSessionEnded, updateSessionsEnded } from './session-queries.ts';

/** «Déconnexion»: this session, and nothing else. */
export async function endSession(ctx: SignedInCtx): Promise<void> {
  await updateSessionEnded(ctx, { id: ctx.actor.sessionId, reason: 'signed-out' });
}

/** «Déconnecter les autres appareils»; tells how many were. */
export function endOtherSessions(ctx: SignedInCtx, reason: EndReason = 'signed-out-elsewhere'): Promise<number> {
  return updateSessionsEnded(ctx, { profileId: ctx.actor.profileId, except: ctx.actor.sessionId, reason });
}

/** Every session of a profile, after a reset. In the caller's transaction. */
export function endAllSessions(ctx: Ctx, of: { profileId: string; reason: EndReason }): Promise<number> {
  return updateSessionsEnded(ctx, of);
}
