import type { Ctx } from '#context';
import { ok, type Result } from '#result';
import type { Role } from '#shared/people.ts';
import { accessAdministration } from './access.ts';
import type { Membership } from './organisations.ts';
import { upsertMembership } from './queries.ts';

/** Gives an address a role in an organisation. Twice is once; one that was suspended or ended is in force again. */
export async function addMembership(ctx: Ctx, asked: { organisationId: string; personaId: string; role: Role }): Promise<Result<Membership>> {
  const door = accessAdministration(ctx, asked.organisationId);
  if (!door.ok) return door;
  return ok({ id: await upsertMembership(ctx, asked), ...asked });
}
