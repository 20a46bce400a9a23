import { z } from 'zod';
import { atomically, type Ctx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { transferConversations } from '#domain/conversations/api.ts';
import { tellHandedOver } from '#domain/notices/api.ts';
import type { JobDefinition } from '#platform/jobs/jobs.ts';
import { findHandover, type Handover, listStalled, updateHandoverDone, updateHandoverMoved } from './handover-queries.ts';

const jobName = 'hand-over';
const payload = z.object({ organisationId: z.uuid(), id: z.uuid() });
type Key = z.infer<typeof payload>;

/** How long a hand-over may stand still before it is set off again. */
const stalledAfterMs = 60_000;

/** Sets it off, or again: one that waits is not added twice, and two at once move each conversation once. */
export function continueHandover(ctx: Ctx, { organisationId, id }: Key): Promise<void> {
  return ctx.jobs.enqueue(ctx.db, jobName, { organisationId, id }, { singletonKey: id });
}

/** Twice is harmless: a conversation moves from who holds it still, and is counted in the transaction that moves it. */
export const handOverJob: JobDefinition<Ctx, Key> = {
  name: jobName,
  payload,
  attempts: 5,
  run: (ctx, key) => handOverBatch(ctx, key),
};

/** Due work: what a process that died has left halfway goes on. */
export async function resumeHandovers(ctx: Ctx): Promise<void> {
  for (const key of await listStalled(ctx, new Date(ctx.now().getTime() - stalledAfterMs), 50)) await continueHandover(ctx, key);
}

async function handOverBatch(ctx: Ctx, key: Key): Promise<void> {
  const handover = await findHandover(ctx, key);
  if (!handover || handover.doneAt) return;
  const moved = await transferConversations(ctx, { ...handover, within: (inside) => updateHandoverMoved(inside, key) });
  if (moved.ok && moved.value.more) await continueHandover(ctx, key);
  // The colleague is no collaborator any more: what they have stays theirs, the rest is for the administrator to decide again.
  else await finish(ctx, handover, moved.ok ? undefined : moved.refusal.code);
}

async function finish(ctx: Ctx, handover: Handover, stopped: string | undefined): Promise<void> {
  await atomically(ctx, async (inside) => {
    const moved = await updateHandoverDone(inside, { ...handover, stopped });
    if (moved !== undefined) await noteHandedOver(inside, { ...handover, moved });
  });
}

type HandedOver = Pick<Handover, 'organisationId' | 'fromPersonaId' | 'fromAddress' | 'toPersonaId' | 'toAddress' | 'moved'>;

/** The line of the journal, and the one notice of whoever holds them now. In the caller's transaction. */
export async function noteHandedOver(ctx: Ctx, { organisationId, fromPersonaId, fromAddress, toPersonaId, toAddress, moved }: HandedOver): Promise<void> {
  const details = { conversations: moved, recipient: toAddress };
  await recordAudit(ctx, { organisationId, kind: 'conversations.transferred', subject: { address: fromAddress }, details });
  await tellHandedOver(ctx, { organisationId, conversationId: null, conversations: moved, fromPersonaId, toPersonaId });
}
