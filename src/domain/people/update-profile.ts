import type { SignedInCtx } from '#context';
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
  await updateProfileSettings(ctx, { id: ctx.actor.profileId, ...settings, displayName: foldName(settings.displayName) });
  return ok();
}
