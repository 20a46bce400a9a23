import type { SignedInCtx } from '#context';
import { selectLiveSessions } from './session-queries.ts';

export type OwnSession = { method: 'code' | 'password' | 'password-and-code'; startedAt: Date; seenAt: Date; current: boolean };

/** Where the actor is signed in, newest first. */
export async function listOwnSessions(ctx: SignedInCtx): Promise<OwnSession[]> {
  const sessions = await selectLiveSessions(ctx, ctx.actor.profileId);
  return sessions.map((session) => ({
    method: session.method as OwnSession['method'], // the column's check lists the same words
    startedAt: session.started_at,
    seenAt: session.seen_at,
    current: session.id === ctx.actor.sessionId,
  }));
}
