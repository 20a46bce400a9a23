import { sql } from 'kysely';
import type { Ctx } from '#context';
import { tokenHash } from './secrets.ts';

/** Notes that a profile signs in by codes sent to this address, and that it just did. */
export async function upsertCodeMethod(ctx: Ctx, method: { profileId: string; personaId: string }): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('sign_in_methods')
    .values({
      id: ctx.newId(),
      profile_id: method.profileId,
      kind: 'email-code',
      persona_id: method.personaId,
      created_at: now,
      last_used_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('persona_id')
        .where('kind', '=', sql.lit('email-code'))
        .where('disabled_at', 'is', null)
        .doUpdateSet({ last_used_at: now, profile_id: method.profileId }),
    )
    .execute();
}

/** This browser is one of the profile's from now on: its tries have their own lane. */
export async function upsertKnownDevice(ctx: Ctx, device: { profileId: string; hash: string }): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('known_devices')
    .values({ profile_id: device.profileId, device_hash: device.hash, first_seen_at: now, last_seen_at: now })
    .onConflict((conflict) => conflict.columns(['profile_id', 'device_hash']).doUpdateSet({ last_seen_at: now }))
    .execute();
}

/** After a reset no browser stays known but the one it was made in: whoever had the old password may have used the others. */
export async function forgetDevices(ctx: Ctx, of: { profileId: string; except: string | undefined }): Promise<void> {
  await ctx.db
    .deleteFrom('known_devices')
    .where('profile_id', '=', of.profileId)
    .where('device_hash', '!=', of.except === undefined ? '' : tokenHash(of.except))
    .execute();
}

/** Whoever held this profile is gone: no password, no code and no known device lead into it any more. */
export async function deleteCredentials(ctx: Ctx, profileId: string): Promise<void> {
  await ctx.db.deleteFrom('sign_in_methods').where('profile_id', '=', profileId).execute();
  await ctx.db.deleteFrom('known_devices').where('profile_id', '=', profileId).execute();
}

/** An address has left its profile: its codes lead there no more. */
export async function deleteCodeMethod(ctx: Ctx, personaId: string): Promise<void> {
  await ctx.db.deleteFrom('sign_in_methods').where('persona_id', '=', personaId).execute();
}
