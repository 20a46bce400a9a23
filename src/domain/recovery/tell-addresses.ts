import type { Ctx } from '#context';
import { type AlertKind, sendAlert } from '#domain/notices/api.ts';
import { listPersonas } from '#domain/people/api.ts';

/** Tells every address of a profile that its account changed, in the caller's transaction (ASVS 6.3.7). */
export async function tellAddresses(ctx: Ctx, about: { profileId: string; kind: AlertKind }): Promise<void> {
  for (const persona of await listPersonas(ctx, about.profileId)) await sendAlert(ctx, { to: persona.address, kind: about.kind, locale: ctx.locale });
}
