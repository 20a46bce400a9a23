import type { SignedInCtx } from '#context';
import type { Persona, Profile } from './people.ts';
import { findProfile, listPersonas } from './queries.ts';

/** The door to a profile: its owner's alone. Throws when the actor's profile is gone, which a session does not survive. */
export async function accessOwnProfile(ctx: SignedInCtx): Promise<Profile & { personas: Persona[] }> {
  const profile = await findProfile(ctx, ctx.actor.profileId);
  if (!profile) throw new Error('The profile of a live session is gone');
  return { ...profile, personas: await listPersonas(ctx, profile.id) };
}
