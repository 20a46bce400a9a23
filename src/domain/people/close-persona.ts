import type { Ctx } from '#context';
import { listPersonas, updatePersonaClosed, updatePersonaLeft, updateProfileErased, updateSessionsVoid } from './queries.ts';

/** Nobody acts under this address until it is opened again. Sessions of its human begun until now are over, those under other addresses too. */
export async function closePersona(ctx: Ctx, persona: { id: string; profileId: string | undefined }): Promise<void> {
  await updatePersonaClosed(ctx, persona.id, ctx.now());
  if (persona.profileId) await updateSessionsVoid(ctx, persona.profileId);
}

/** Its human, or whoever the organisation next vouches for, may use the address again. */
export function openPersona(ctx: Ctx, personaId: string): Promise<void> {
  return updatePersonaClosed(ctx, personaId, null);
}

/**
 * The address is nobody's any more, and what was written under it stays (000-A4). `erased`: it was the last of its human, whose name and
 * settings go with it; the caller sees to passwords, devices and files.
 */
export async function leaveProfile(ctx: Ctx, persona: { id: string; profileId: string }): Promise<{ erased: boolean }> {
  await updatePersonaLeft(ctx, persona.id);
  const erased = (await listPersonas(ctx, persona.profileId)).length === 0;
  if (erased) await updateProfileErased(ctx, persona.profileId);
  return { erased };
}
