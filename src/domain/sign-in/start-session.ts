import type { Ctx } from '#context';
import { sessionRules } from '#shared/sign-in.ts';
import type { SessionGrant } from './flows.ts';
import { upsertKnownDevice } from './method-queries.ts';
import { newToken, tokenHash } from './secrets.ts';
import { insertSession, updateSessionEnded } from './session-queries.ts';

export type NewSession = {
  profileId: string;
  method: 'code' | 'password' | 'password-and-code';
  staff: boolean;
  device: string | undefined;
  ownDevice: boolean;
};

/**
 * Opens a session under a new id (S-15), ends the one this browser had, and makes the browser known to the account. In the caller's transaction.
 * The lengths: by code 12 h and the cookie goes with the browser, 24 h on one's own device; by password 30 days; staff 12 h, 30 min without a request.
 */
export async function startSession(ctx: Ctx, asked: NewSession): Promise<SessionGrant> {
  const token = newToken(ctx);
  const device = asked.device ?? newToken(ctx);
  const seconds = lengthOf(asked);
  const startedAt = ctx.sessionNow();
  await insertSession(ctx, {
    id: tokenHash(token),
    profileId: asked.profileId,
    method: asked.method,
    staff: asked.staff,
    deviceHash: tokenHash(device),
    startedAt,
    expiresAt: new Date(startedAt.getTime() + seconds * 1000),
    idleSeconds: asked.staff ? sessionRules.staffIdle : undefined,
  });
  if (ctx.actor) await updateSessionEnded(ctx, { id: ctx.actor.sessionId, reason: 'replaced' });
  await upsertKnownDevice(ctx, { profileId: asked.profileId, hash: tokenHash(device) });
  // The cookie outlives its session by a day: what is being written when the session runs out can then be kept for its owner.
  const untilBrowserCloses = asked.method === 'code' && !asked.ownDevice;
  return { profileId: asked.profileId, token, device, cookieSeconds: untilBrowserCloses ? undefined : seconds + sessionRules.recent };
}

function lengthOf({ method, staff, ownDevice }: NewSession): number {
  if (staff) return sessionRules.staff;
  if (method !== 'code') return sessionRules.password;
  return ownDevice ? sessionRules.codeOwnDevice : sessionRules.code;
}
