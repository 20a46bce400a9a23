import type { Ctx } from '#context';
import { writeNotices } from './write-notices.ts';

/** `conversationId` is the one, if there is only one; `fromPersonaId`, who held them. */
export type HandedOver = { organisationId: string; conversationId: string | null; conversations: number; fromPersonaId: string; toPersonaId: string };

/** Tells somebody once that they hold so many conversations more (000-A2), in the caller's transaction. */
export async function tellHandedOver(ctx: Ctx, { fromPersonaId, toPersonaId, ...told }: HandedOver): Promise<void> {
  if (told.conversations === 0) return;
  await writeNotices(ctx, { ...told, kind: 'handed-over', messageId: null, senderPersonaId: fromPersonaId, recipientPersonaIds: [toPersonaId] });
}
