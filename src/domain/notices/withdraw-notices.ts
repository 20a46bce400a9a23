import type { Ctx } from '#context';
import { updateLinksRevoked, updateNoticesWithdrawn } from './reader-queries.ts';

/**
 * Somebody takes no part in a conversation any more: what they were still to be told of it never leaves. In the caller's transaction. With
 * `revoke`, the links they were sent lead nowhere: the address was a mistake. A mail that is on its way at that moment cannot be called back.
 */
export async function withdrawNotices(
  ctx: Ctx,
  of: { organisationId: string; conversationId: string; personaId: string },
  { revoke }: { revoke: boolean },
): Promise<void> {
  await updateNoticesWithdrawn(ctx, of);
  if (revoke) await updateLinksRevoked(ctx, of);
}
