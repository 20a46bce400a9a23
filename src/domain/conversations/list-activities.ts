import type { SignedInCtx } from '#context';
import { listFiles } from '#domain/attachments/api.ts';
import { policyOf } from '#domain/organisations/api.ts';
import { maskAddress } from '#shared/people.ts';
import { accessMessages, type Conversation } from './access.ts';
import { type ActivityOrder, type ActivityRow, countActivities, listActivityRows } from './activity-queries.ts';
import { canSeeActivities } from './policy.ts';

export const activitiesPerPage = 50;
/** Lines are counted up to this many; of more it is said that there are more. */
export const activitiesCounted = 1000;

/** A line of the history. The file's name is given only to whom its message is open, until it expires (000-40). */
export type Activity = Omit<ActivityRow, 'messageId' | 'attachmentId' | 'subjectCorrected'> & { fileName: string | undefined };

export type ActivityPage = {
  rows: Activity[];
  page: number;
  /** Undefined when there are more than were counted. */
  pages: number | undefined;
  /** Lines that were counted, `activitiesCounted` at most. */
  total: number;
  /** Whether another page follows. */
  more: boolean;
  order: ActivityOrder;
};

/** Whether the actor may see the activities of a conversation they take part in; of a row of the list too. Nothing is asked of the database. */
export async function mayReadActivities(ctx: SignedInCtx, reading: Parameters<typeof canSeeActivities>[1]): Promise<boolean> {
  return canSeeActivities(ctx.actor, reading, await policyOf(ctx, reading.organisationId));
}

/**
 * One page of the history of a conversation whose door is open, sorted three ways (000-36 to 000-40); empty for participants of an
 * organisation that keeps it for its collaborators (000-39). A page past the end is the last one, where the end is known.
 */
export async function listActivities(ctx: SignedInCtx, conversation: Conversation, asked: { order: ActivityOrder; page: number }): Promise<ActivityPage> {
  if (!(await mayReadActivities(ctx, conversation))) return { rows: [], page: 1, pages: 1, total: 0, more: false, order: asked.order };
  const scope = {
    organisationId: conversation.organisationId,
    conversationId: conversation.id,
    visibleFrom: conversation.visibleFrom,
    visibleSince: conversation.visibleSince,
    collaborator: conversation.role !== 'participant',
  };
  const counted = await countActivities(ctx.db, scope, activitiesCounted + 1);
  const total = Math.min(counted, activitiesCounted);
  const pages = counted > total ? undefined : Math.max(1, Math.ceil(total / activitiesPerPage));
  const page = Math.min(Math.max(1, asked.page), pages ?? Number.POSITIVE_INFINITY);
  const found = await listActivityRows(ctx.db, { ...scope, order: asked.order, limit: activitiesPerPage + 1, offset: (page - 1) * activitiesPerPage });
  const rows = found.slice(0, activitiesPerPage);
  const names = await fileNames(ctx, conversation, rows);
  return { rows: rows.map((row) => toActivity(row, { conversation, names })), page, pages, total, more: found.length > rows.length, order: asked.order };
}

type Seen = { conversation: Conversation; names: ReadonlyMap<string, string> };

/** As its reader may read it: messages count from the first one they may see, and a corrected address is masked. */
function toActivity({ messageId: _, attachmentId, subjectCorrected, ...row }: ActivityRow, { conversation, names }: Seen): Activity {
  const { messagePosition, subjectAddress } = row;
  return {
    ...row,
    messagePosition: messagePosition && messagePosition - conversation.visibleFrom + 1,
    subjectAddress: subjectAddress && subjectCorrected ? maskAddress(subjectAddress) : subjectAddress,
    fileName: attachmentId && names.get(attachmentId),
  };
}

async function fileNames(ctx: SignedInCtx, conversation: Conversation, rows: readonly ActivityRow[]): Promise<Map<string, string>> {
  const messageIds = new Set(rows.flatMap((row) => (row.attachmentId && row.messageId ? [row.messageId] : [])));
  const keys = new Map<string, Buffer>();
  for (const message of await accessMessages(ctx, conversation, [...messageIds])) {
    if (message.key && (message.mine || message.openedAt)) keys.set(message.id, message.key);
  }
  const files = await listFiles(ctx, conversation.organisationId, keys);
  return new Map([...files.values()].flat().map((file) => [file.id, file.name]));
}
