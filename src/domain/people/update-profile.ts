import { atomically, type SignedInCtx } from '#context';
import { weighAgain } from '#domain/notices/api.ts';
import { ok, type Result, refuse } from '#result';
import type { Locale } from '#shared/locales.ts';
import { foldName, nameFault } from '#shared/people.ts';
import type { Theme } from './people.ts';
import { isTimeZone } from './policy.ts';
import { updateProfileSettings } from './queries.ts';

export type ProfileSettings = { displayName: string; locale: Locale | undefined; timeZone: string | undefined; theme: Theme };

/** What a person decides about themselves. An absent language or zone means «as the browser says» and «as the conversation's organisation» (S-16). */
export async function updateProfile(ctx: SignedInCtx, settings: ProfileSettings): Promise<Result<undefined>> {
  const fault = nameFault(settings.displayName);
  if (fault) return refuse(fault);
  if (settings.timeZone !== undefined && !isTimeZone(settings.timeZone)) return refuse('person.setting-unknown');
  const { profileId, timeZone } = ctx.actor;
  return atomically(ctx, async (inside) => {
    await updateProfileSettings(inside, { id: profileId, ...settings, displayName: foldName(settings.displayName) });
    // Quiet hours are counted in this zone: what waits for their end may have to leave now, or later.
    if (settings.timeZone !== timeZone) await weighAgain(inside, profileId);
    return ok();
  });
}
