import type { Ctx } from '#context';
import { selectLivePersonas } from './session-queries.ts';

/** Of these sessions, those that still speak for somebody, with the personas of that person today. It is no activity (S-15). */
export async function listLiveSessions(ctx: Ctx, sessionIds: readonly string[]): Promise<Map<string, readonly string[]>> {
  const live = await selectLivePersonas(ctx, sessionIds);
  return new Map(live.map(({ id, personaIds }) => [id, personaIds]));
}
