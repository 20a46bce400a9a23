import type { Actor, SignedInCtx } from '#context';
import type { PageSize } from '#shared/conversations.ts';
import { openTitle } from './access.ts';
import { mayReadActivities } from './list-activities.ts';
import { type ListOrder, type ListRow, listInbox, listTotals, type Totals } from './list-queries.ts';

export type ListedConversation = Omit<ListRow, 'titleSealed' | 'wrappedKey' | 'keyDay' | 'displayedAt'> & {
  title: string | undefined;
  /** Bold: this persona never displayed it (000-30). */
  isNew: boolean;
  /** Whether its activities are open to whoever asks (000-39). */
  activities: boolean;
};

export type ConversationPage = {
  rows: ListedConversation[];
  page: number;
  pages: number;
  size: PageSize;
  order: ListOrder;
  total: number;
};

type Asked = {
  personaId: string;
  page: number;
  size: PageSize;
  order: ListOrder;
  /** How many conversations the persona has, when the caller knows it (`countsOf`). */
  total?: number;
};

/**
 * One page of the conversations of one of the actor's personas (000-20, 000-22, 000-28, 000-33). A page past the end is the last one.
 * Undefined for a persona that is not the actor's. The second half of a long list is read from its other end.
 */
export async function listConversations(ctx: SignedInCtx, asked: Asked): Promise<ConversationPage | undefined> {
  const { personaId, size, order } = asked;
  const own = ctx.actor.personas.find((persona) => persona.id === personaId);
  if (!own) return undefined;
  const known = asked.total === undefined || !own.counts ? (await listTotals(ctx.db, [personaId]))[0] : { ...own.counts, conversations: asked.total };
  const total = known?.conversations ?? 0;
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, asked.page), pages);
  const offset = (page - 1) * size;
  const limit = Math.min(size, total - offset);
  const fromEnd = total - offset - limit;
  const mine = { personaId, limit, now: ctx.now(), partly: known?.partly ?? false };
  const rows =
    fromEnd < offset
      ? (await listInbox(ctx.db, { ...mine, order: reversed(order), offset: fromEnd })).reverse()
      : await listInbox(ctx.db, { ...mine, order, offset });
  return { rows: await Promise.all(rows.map((row) => listed(ctx, personaId, row))), page, pages, size, order, total };
}

export type InboxCounts = {
  /** Unread envelopes over all the actor's personas (the header's «Messages»), and of each (000-23). */
  total: number;
  byPersona: Record<string, number>;
  /** Conversations of each persona. */
  conversations: Record<string, number>;
};

/** The same as they were when the actor's session was read, for the frame of a page: nothing is asked of the database. */
export function countsOf(actor: Actor): InboxCounts {
  const counted = actor.personas.map(({ id, counts }) => ({ personaId: id, unread: counts?.unread ?? 0, conversations: counts?.conversations ?? 0 }));
  return inboxCounts(counted);
}

/** What waits for the actor now, in one read of kept totals. */
export async function countInboxes(ctx: SignedInCtx): Promise<InboxCounts> {
  const personaIds = ctx.actor.personas.map((persona) => persona.id);
  return inboxCounts(await listTotals(ctx.db, personaIds));
}

function inboxCounts(totals: readonly Omit<Totals, 'partly'>[]): InboxCounts {
  return {
    total: totals.reduce((sum, row) => sum + row.unread, 0),
    byPersona: Object.fromEntries(totals.map((row) => [row.personaId, row.unread])),
    conversations: Object.fromEntries(totals.map((row) => [row.personaId, row.conversations])),
  };
}

function reversed(order: ListOrder): ListOrder {
  return order === 'newest' ? 'oldest' : 'newest';
}

async function listed(ctx: SignedInCtx, personaId: string, row: ListRow): Promise<ListedConversation> {
  const { titleSealed, wrappedKey, keyDay, displayedAt, ...conversation } = row;
  const [title, activities] = await Promise.all([openTitle(ctx, row), mayReadActivities(ctx, { ...row, personaId })]);
  return { ...conversation, isNew: displayedAt === undefined, title, activities };
}
