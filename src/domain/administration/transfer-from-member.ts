import { atomically, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { transferConversations } from '#domain/conversations/api.ts';
import { findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { lockMember, type MemberPlace } from './access.ts';

/**
 * Gives all that somebody holds to a colleague, before or after they leave (000-A2): red conversations are black again, under the colleague's
 * address. The colleague reads only what is posted from then on, unless they take part already; the administrator reads nothing.
 * Refuses `person.not-found`, `holder.not-a-collaborator` (the address is not one in force here), `holder.same`.
 */
export function transferFromMember(ctx: SignedInCtx, asked: MemberPlace & { toAddress: string }): Promise<Result<{ transferred: number }>> {
  const { organisationId, personaId } = asked;
  return atomically(ctx, async (inside) => {
    const door = await lockMember(inside, asked);
    if (!door.ok) return door;
    const colleague = await findPersonaByAddress(inside, asked.toAddress);
    if (!colleague) return refuse('holder.not-a-collaborator');
    const moved = await transferConversations(inside, { organisationId, fromPersonaId: personaId, toPersonaId: colleague.id });
    if (!moved.ok) return moved;
    const { transferred } = moved.value;
    const details = { conversations: transferred, recipient: colleague.address };
    await recordAudit(inside, { organisationId, kind: 'conversations.transferred', subject: { address: door.value.address }, details });
    return ok({ transferred });
  });
}
