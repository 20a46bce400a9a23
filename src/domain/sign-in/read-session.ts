import type { Actor, Ctx } from '#context';
import { type Locale, locales } from '#shared/locales.ts';
import { sessionRules } from '#shared/sign-in.ts';
import { tokenHash } from './secrets.ts';
import { findSession, type SessionRow, updateSessionSeen } from './session-queries.ts';

/** How long it lasts from now, when nothing more is asked for; `extendable` when activity makes it last longer, up to its length. */
export type SessionLife = { seconds: number; extendable: boolean };

export type LiveSession = { actor: Actor; locale: Locale | undefined; theme: 'auto' | 'light' | 'dark'; life: SessionLife };

/** Whose session was over a short while ago. `suspended`: because their account was. */
export type RecentSession = { profileId: string; suspended?: true | undefined };

/**
 * Who a session cookie speaks for. `live`: the actor with their addresses and the memberships in force. `recent`: it ran out less than a day
 * ago by itself or by a suspension, so that what was being written may be kept for its owner; nothing else may be done with it. `asleep`: the question comes
 * from a screen and not from a person, and is no activity (S-15).
 */
export async function readSession(ctx: Ctx, token: string | undefined, { asleep = false } = {}): Promise<{ live?: LiveSession; recent?: RecentSession }> {
  if (token === undefined) return {};
  const id = tokenHash(token);
  const session = await findSession(ctx, id);
  if (!session) return {};
  const now = ctx.sessionNow().getTime();
  if (session.endedReason === 'suspended') return recentAt(session, { now, at: session.endedAt, suspended: true });
  if (session.endedAt || session.void || session.profileStatus !== 'active' || lacksStaffProof(session)) return {};
  if (session.endsAt.getTime() <= now) return recentAt(session, { now, at: session.endsAt, suspended: undefined });
  const seen = !asleep && now - session.seenAt.getTime() >= sessionRules.seenEvery * 1000;
  if (seen) await updateSessionSeen(ctx, id);
  return { live: toLive(id, session, lifeOf(session, { now, seenAt: seen ? now : session.seenAt.getTime() })) };
}

type Over = { now: number; at: Date | null; suspended: true | undefined };

function recentAt({ profileId }: SessionRow, { now, at, suspended }: Over): { recent?: RecentSession } {
  return at && now - at.getTime() < sessionRules.recent * 1000 ? { recent: { profileId, suspended } } : {};
}

/** Somebody who became staff while signed in by less comes in again, with what staff must prove. */
function lacksStaffProof(session: SessionRow): boolean {
  return session.memberships.length > 0 && !session.staff;
}

function lifeOf({ expiresAt, idleSeconds }: SessionRow, { now, seenAt }: { now: number; seenAt: number }): SessionLife {
  const idleEnd = idleSeconds === null ? Number.POSITIVE_INFINITY : seenAt + idleSeconds * 1000;
  const end = Math.min(expiresAt.getTime(), idleEnd);
  return { seconds: Math.max(0, Math.floor((end - now) / 1000)), extendable: idleEnd < expiresAt.getTime() };
}

function toLive(sessionId: string, session: SessionRow, life: SessionLife): LiveSession {
  return {
    actor: {
      profileId: session.profileId,
      sessionId,
      displayName: session.displayName,
      timeZone: session.timeZone ?? undefined,
      personas: session.personas,
      memberships: session.memberships,
      hasDrafts: session.hasDrafts,
    },
    locale: locales.find((locale) => locale === session.locale),
    life,
    theme: session.theme === 'light' || session.theme === 'dark' ? session.theme : 'auto',
  };
}
