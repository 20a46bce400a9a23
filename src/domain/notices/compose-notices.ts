import { atomically, type Ctx } from '#context';
import { policyOf } from '#domain/organisations/api.ts';
import type { Locale } from '#shared/locales.ts';
import { offeredLocale } from '#shared/policy.ts';
import { quietUntil as endOfQuietHours } from '#shared/quiet-hours.ts';
import {
  type DelayedNotice,
  type DueNotice,
  delayNotices,
  insertNoticeMails,
  lockComposing,
  lockDueNotices,
  type NoticeMail,
  updateNoticesUntold,
} from './queries.ts';

type Reading = { conversationId: string; personaId: string };
export type ReadersAmong = (ctx: Ctx, asked: readonly Reading[]) => Promise<readonly Reading[]>;

/** Notices turned into mails in one transaction. */
const batch = 100;
/** At most one mail in this time to one reader, about one sender's messages in one conversation, while they are unopened (000-Y2). */
export const quietBetweenMailsMs = 5 * 60_000;
/** When the last mail has not left yet: how soon to look again. */
const lookAgainMs = 60_000;

/**
 * Turns due notices into mails in their reader's language. The first message is told at once. Those that follow from the same sender,
 * while the last mail waits or is less than `quietMs` old and what it told is unopened, wait and share the next mail (ADR 0012).
 * Nothing leaves during its reader's quiet hours, nor about a conversation they have muted (ADR 0024). With 0 `quietMs` nothing waits: only what is due at the same moment shares a mail.
 */
export async function composeDueNotices(ctx: Ctx, settings: { quietMs?: number | undefined; readersAmong?: ReadersAmong | undefined }): Promise<void> {
  let composed: number;
  do {
    composed = await atomically(ctx, async (inside) => {
      // Two at once could each tell the same reader, neither seeing the other's mail.
      await lockComposing(inside);
      const due = await lockDueNotices(inside, batch);
      await compose(inside, await withdrawUnreadable(inside, due, settings.readersAmong), settings.quietMs ?? quietBetweenMailsMs);
      return due.length;
    });
  } while (composed === batch);
}

/** Whoever left, was taken out or suspended since is told nothing more (000-07); gives those that are still to be told. */
async function withdrawUnreadable(ctx: Ctx, due: DueNotice[], readersAmong: ReadersAmong | undefined): Promise<DueNotice[]> {
  if (!readersAmong || due.length === 0) return due;
  const asked = due.flatMap(({ conversationId, personaId }) => (conversationId === null ? [] : [{ conversationId, personaId }]));
  const readers = new Set((await readersAmong(ctx, asked)).map(pairOf));
  // Of a closed address it is said below.
  const untold = due.filter((notice) => !notice.closed && notice.conversationId !== null && !readers.has(pairOf(notice)));
  if (untold.length > 0) await updateNoticesUntold(ctx, { ids: untold.map((notice) => notice.id), state: 'withdrawn' });
  return due.filter((notice) => !untold.includes(notice));
}

function pairOf({ conversationId, personaId }: { conversationId: string | null; personaId: string }): string {
  return `${conversationId} ${personaId}`;
}

async function compose(ctx: Ctx, due: DueNotice[], quietMs: number): Promise<void> {
  const mails: NoticeMail[] = [];
  const delayed: DelayedNotice[] = [];
  for (const notices of Map.groupBy(due, (notice) => notice.group).values()) {
    const [first] = notices;
    if (!first) continue;
    const ids = notices.map((notice) => notice.id);
    const until = quietUntil(ctx.now(), first) ?? groupedUntil(ctx, first, quietMs);
    if (first.closed) await updateNoticesUntold(ctx, { ids, state: 'failed' });
    else if (first.muted) await updateNoticesUntold(ctx, { ids, state: 'muted' });
    else if (until) delayed.push(...ids.map((id) => ({ id, until })));
    else mails.push({ mailId: ctx.newId(), recipient: first.recipient, locale: await localeOf(ctx, first), noticeIds: ids });
  }
  await delayNotices(ctx, delayed);
  await insertNoticeMails(ctx, mails);
}

/** The end of the reader's own quiet hours (000-Y2); codes and alerts never come this way. */
function quietUntil(now: Date, { quiet, zone }: DueNotice): Date | undefined {
  return quiet && endOfQuietHours(now, quiet, zone);
}

/** The reader's language among those the organisation writes in. */
async function localeOf(ctx: Ctx, { organisationId, locale, organisationLocale }: DueNotice): Promise<Locale> {
  return offeredLocale(await policyOf(ctx, organisationId), locale, organisationLocale);
}

function groupedUntil(ctx: Ctx, { lastMail }: DueNotice, quietMs: number): Date | undefined {
  if (quietMs === 0) return undefined;
  const now = ctx.now().getTime();
  if (lastMail?.status === 'queued') return new Date(now + lookAgainMs);
  if (lastMail?.status === 'sent' && lastMail.at.getTime() + quietMs > now) return new Date(lastMail.at.getTime() + quietMs);
  return undefined;
}
