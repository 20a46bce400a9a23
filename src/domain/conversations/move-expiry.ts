import { z } from 'zod';
import type { SignedInCtx } from '#context';
import { rewrapFiles } from '#domain/attachments/api.ts';
import { ok, type Result, refuse } from '#result';
import { atLocalTimeOn, daysUntil, localDay, nextReminder, utcDay } from '#shared/expiry.ts';
import { accessMessage, type Conversation } from './access.ts';
import { type ExpiryCaps, expiryCaps } from './expiry-caps.ts';
import { listMovable, type MovableRow, type MovedMessage, updateExpiries } from './life-queries.ts';
import type { Managed } from './lock-managed.ts';
import { managing } from './managing.ts';
import { noteActivity } from './note-activity.ts';
import { settleTitleKey } from './settle-title-key.ts';

/**
 * Shortens or extends the life of one message, or of all that are readable (000-C5): each ends on the day `expiresOn` (`YYYY-MM-DD`), at the
 * local time it was sent. Its key, those of its files and, when it is the last one, the title's are wrapped again for that day, in one
 * transaction. What has expired stays so, whoever comes first: both wait for the conversation's row.
 * Refuses as `managing`, `expiry.outside-policy` (`min` and `max` days after the sending, never today or before), `message.gone`.
 */
export async function moveExpiry(
  ctx: SignedInCtx,
  asked: Conversation,
  { messageId, expiresOn }: { messageId?: string; expiresOn: string },
): Promise<Result<{ moved: number }>> {
  if (!z.iso.date().safeParse(expiresOn).success) return refuse('expiry.outside-policy', await expiryCaps(ctx, asked.organisationId));
  const caps = await expiryCaps(ctx, asked.organisationId);
  // No message is from after now: further than that none may live, and no key is made for such a day.
  if (daysUntil(ctx.now(), expiresOn, asked.zone) > caps.max) return refuse('expiry.outside-policy', caps);
  await prepareKeys(ctx, asked, expiresOn);
  return managing(ctx, asked, async (inside, managed) => {
    const { place, conversation } = managed;
    if (messageId && !(await accessMessage(inside, conversation, messageId))) return refuse('conversation.not-found');
    const rows = await listMovable(inside.db, place, { from: conversation.visibleFrom, messageId, now: inside.now() });
    if (rows.length === 0) return refuse(messageId ? 'message.gone' : 'conversation.expired');
    const outside = rows.some((row) => isOutside(row, { caps, expiresOn, today: localDay(inside.now(), conversation.zone), zone: conversation.zone }));
    if (outside) return refuse('expiry.outside-policy', caps);
    return move(inside, managed, { rows, expiresOn, messageId });
  });
}

type Moving = { rows: MovableRow[]; expiresOn: string; messageId: string | undefined };

async function move(ctx: SignedInCtx, { place, locked, conversation }: Managed, { rows, expiresOn, messageId }: Moving): Promise<Result<{ moved: number }>> {
  const moved: MovedMessage[] = [];
  for (const row of rows) {
    const expiresAt = atLocalTimeOn(row.sentAt, expiresOn, conversation.zone);
    if (expiresAt.getTime() === row.expiresAt.getTime()) continue;
    const rewrapped = await rewrap(ctx, row, utcDay(expiresAt));
    // Its day was destroyed although it is not over: the clock has gone back. Nothing brings it back.
    if (!rewrapped) return refuse('message.gone');
    moved.push({ ...rewrapped, expiresAt, remindAt: nextReminder(ctx.now(), expiresAt) });
  }
  const [last] = moved.toSorted((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime());
  if (!last) return ok({ moved: 0 });
  await updateExpiries(ctx.db, place.organisationId, moved);
  await rewrapFiles(ctx, { organisationId: place.organisationId, days: daysOf(rows, moved) });
  await settleTitleKey(ctx, place, locked);
  const what = messageId ? { messageId } : {};
  await noteActivity(ctx, { ...place, kind: 'expiry-changed', personaId: conversation.personaId, expiresAt: last.expiresAt, ...what });
  return ok({ moved: moved.length });
}

async function rewrap(ctx: SignedInCtx, row: MovableRow, day: string): Promise<{ id: string; keyDay: string; wrappedKey: Buffer } | undefined> {
  if (day === row.keyDay) return { id: row.id, keyDay: day, wrappedKey: row.wrappedKey };
  const context = `message:${row.id}`;
  const key = await ctx.keys.unwrap(row.keyDay, row.wrappedKey, context);
  return key && { id: row.id, keyDay: day, wrappedKey: await ctx.keys.wrap(day, key, context) };
}

/** From which day to which the files of each message go. */
function daysOf(rows: readonly MovableRow[], moved: readonly MovedMessage[]): Map<string, { from: string; to: string }> {
  const before = new Map(rows.map((row) => [row.id, row.keyDay]));
  return new Map(moved.flatMap(({ id, keyDay }) => (before.get(id) === keyDay ? [] : [[id, { from: before.get(id) ?? keyDay, to: keyDay }]])));
}

type Rule = { caps: ExpiryCaps; expiresOn: string; today: string; zone: string };

function isOutside(row: MovableRow, { caps, expiresOn, today, zone }: Rule): boolean {
  const days = daysUntil(row.sentAt, expiresOn, zone);
  return expiresOn <= today || days < caps.min || days > caps.max;
}

/** Makes the keys of the day durable before anything is locked: a local day touches two UTC days, and a wrap that is thrown away harms nothing. */
async function prepareKeys(ctx: SignedInCtx, { zone }: Conversation, expiresOn: string): Promise<void> {
  const at = atLocalTimeOn(ctx.now(), expiresOn, zone);
  if (at > ctx.now()) await ctx.keys.wrap(utcDay(at), ctx.randomBytes(32), 'expiry:prepared');
}
