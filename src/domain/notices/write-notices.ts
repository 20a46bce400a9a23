import { atomically, type Ctx } from '#context';
import { type NoticeAbout, noticeRow } from './notice-row.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { insertNotices } from './queries.ts';

export type Told = NoticeAbout & { recipientPersonaIds: readonly string[] };

/** One durable notice a person, and a nudge to what sends them; never to the sender. Who is to be told is the caller's rule. */
export async function writeNotices(ctx: Ctx, told: Told): Promise<void> {
  const recipients = new Set(told.recipientPersonaIds);
  recipients.delete(told.senderPersonaId);
  if (recipients.size === 0) return;
  const notices = [...recipients].sort().map((personaId) => noticeRow(ctx, personaId, told));
  await atomically(ctx, async (inside) => {
    await insertNotices(inside, notices);
    nudgeDelivery(inside);
  });
}
