import { atomically, type Ctx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { listEmployers } from '#domain/organisations/api.ts';
import { findPersonaByAddress, setProfileStatus } from '#domain/people/api.ts';
import { endAllSessions } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';
import { deleteInvitations } from './queries.ts';

/** Closes the account behind an address and ends its sessions at once; tells how many. Refused: `person.not-found` (no account there). */
export function suspendPerson(ctx: Ctx, address: string): Promise<Result<{ sessions: number }>> {
  return atomically(ctx, async (inside) => {
    const persona = await findPersonaByAddress(inside, address);
    if (!persona?.profileId) return refuse('person.not-found');
    const { profileId } = persona;
    const suspended = await setProfileStatus(inside, { profileId, status: 'suspended' });
    if (!suspended.ok) return suspended;
    await deleteInvitations(inside, profileId);
    const sessions = await endAllSessions(inside, { profileId, reason: 'suspended' });
    // Whatever organisation they work for is concerned, and keeps the trace.
    for (const organisationId of await listEmployers(inside, profileId)) {
      const details = { sessions, everywhere: true };
      await recordAudit(inside, { organisationId, kind: 'person.suspended', subject: { address: persona.address }, details });
    }
    return ok({ sessions });
  });
}
