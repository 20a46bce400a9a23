import type { SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Conversation } from './access.ts';
import { expiryCaps } from './expiry-caps.ts';
import { findLifetime, updateLifetime } from './life-queries.ts';
import { managing } from './managing.ts';
import { noteActivity } from './note-activity.ts';

/**
 * How many days the messages posted from now on live in this conversation; undefined is the organisation's rule (000-C5, S-03). Those that
 * are there keep their date. Refuses as `managing`, and `expiry.outside-policy`.
 */
export async function setLifetime(ctx: SignedInCtx, asked: Conversation, days: number | undefined): Promise<Result<undefined>> {
  const caps = await expiryCaps(ctx, asked.organisationId);
  if (days !== undefined && (!Number.isInteger(days) || days < caps.min || days > caps.max)) return refuse('expiry.outside-policy', caps);
  return managing(ctx, asked, async (inside, { place, conversation }) => {
    if ((await findLifetime(inside.db, place)) === days) return ok();
    await updateLifetime(inside.db, place, days);
    await noteActivity(inside, { ...place, kind: 'lifetime-changed', personaId: conversation.personaId });
    return ok();
  });
}
