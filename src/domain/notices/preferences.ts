import { atomically, type SignedInCtx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Locale } from '#shared/locales.ts';
import { isEndless, type QuietHours } from '#shared/quiet-hours.ts';
import { findPreferences, upsertPreferences } from './own-queries.ts';
import { weighAgain } from './weigh-again.ts';

/** How a person wants to be told. Codes and alerts are never held back. */
export type NoticePreferences = {
  /** undefined: the language of the profile, else the organisation's. */
  locale: Locale | undefined;
  /** When no notice leaves; they leave together at its end. */
  quiet: QuietHours | undefined;
};

export function readPreferences(ctx: SignedInCtx): Promise<NoticePreferences> {
  return findPreferences(ctx);
}

/**
 * Keeps how the actor wants to be told, for all their addresses (000-Y2). Notices that wait are looked at again at once by the new rule.
 * Refuses `person.quiet-endless`: hours without an end would hide every message.
 */
export function savePreferences(ctx: SignedInCtx, wished: NoticePreferences): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    if (wished.quiet && isEndless(wished.quiet)) return refuse('person.quiet-endless');
    await upsertPreferences(inside, wished);
    await weighAgain(inside, ctx.actor.profileId);
    return ok();
  });
}
