import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import type { Role } from '#shared/people.ts';
import { accessAdministration } from './access.ts';
import type { MembershipStatus } from './organisations.ts';
import { updateMembershipStatus } from './queries.ts';

/** Suspends, ends or restores what an address is in an organisation (000-A1). Felt at the next request of anybody concerned. */
export async function setMembershipStatus(
  ctx: Ctx,
  asked: { organisationId: string; personaId: string; role: Role; status: MembershipStatus },
): Promise<Result<undefined>> {
  const door = accessAdministration(ctx, asked.organisationId);
  if (!door.ok) return door;
  return (await updateMembershipStatus(ctx, asked)) ? ok() : refuse('organisation.not-found');
}
