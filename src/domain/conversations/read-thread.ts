import type { SignedInCtx } from '#context';
import { type AttachedFile, listFiles } from '#domain/attachments/api.ts';
import { openBytes } from '#platform/keys/seal.ts';
import { conversationLimits } from '#shared/conversations.ts';
import type { RichText } from '#shared/rich-text.ts';
import { accessMessage, type Conversation, type ReadAtDoor } from './access.ts';
import { decodeBody } from './message-body.ts';
import type { PersonRow } from './queries.ts';
import type { ThreadLineRow } from './thread-line-queries.ts';
import { listWindow, type ThreadRow, type Window } from './window-queries.ts';

type Facts = {
  id: string;
  /** Counted from the first message the reader may see. */
  position: number;
  mine: boolean;
  senderAddress: string;
  senderName: string | undefined;
  sentAt: Date;
  expiresAt: Date;
  withdrawnAt: Date | undefined;
};

/** A message as the reader may see it now. Only an open one has a text, and its formatted version when it was written with one. */
export type ThreadMessage = Facts &
  (
    | { state: 'sealed' | 'expired' | 'withdrawn' }
    | { state: 'open'; text: string; richText?: RichText | undefined; files: AttachedFile[]; openedAt: Date | undefined }
  );

/** Up to five messages, cut from the end: 19–23, 14–18, …, 1–3 (000-44). Positions count from the first message the reader may see. */
export type ThreadWindow = { index: number; count: number; first: number; last: number; total: number };

/** What happened to the conversation itself, read among its messages: who holds it from now on, that it was closed … */
export type ThreadLine = ThreadLineRow;

export type Thread = { messages: ThreadMessage[]; lines: ThreadLine[]; window: ThreadWindow; people: PersonRow[] };

/** `atDoor`: what was read while passing the door. */
type AskedThread = { window?: number | undefined; atDoor?: ReadAtDoor | undefined };

/** One window of a conversation whose door is open: the one asked for, else the one that holds the oldest unopened message, else the last. */
export async function readThread(ctx: SignedInCtx, conversation: Conversation, asked: AskedThread): Promise<Thread> {
  const window = windowOf(conversation, asked.window);
  const offset = conversation.visibleFrom - 1;
  const wanted = { first: window.first + offset, last: window.last + offset };
  const {
    messages: rows,
    people,
    lines,
  } = fromDoor(conversation, asked.atDoor, wanted) ?? (await listWindow(ctx.db, conversation, { ...wanted, now: ctx.now() }));
  const keys = new Map<string, Buffer>();
  const withFiles = new Map<string, Buffer>();
  for (const row of rows) {
    const key = await keyOf(ctx, conversation, row);
    if (!key) continue;
    keys.set(row.id, key);
    if (row.fileCount > 0) withFiles.set(row.id, key);
  }
  const files = await listFiles(ctx, conversation.organisationId, withFiles);
  const messages = rows.map((row) => toMessage(ctx, { conversation, row, key: keys.get(row.id), files: files.get(row.id) ?? [] }));
  // Numbers are those the reader sees.
  return { messages, lines: lines.map((line) => ({ ...line, afterPosition: line.afterPosition - offset })), window, people };
}

/** Only what was read with this very conversation in hand, and is the window that is wanted. */
function fromDoor(conversation: Conversation, atDoor: ReadAtDoor | undefined, wanted: { first: number; last: number }): Window | undefined {
  if (atDoor?.conversation !== conversation) return undefined;
  const { window } = atDoor;
  return window.first === wanted.first && window.last === wanted.last ? window : undefined;
}

/** The key of a message whose text the reader may see: their own, or one they opened, until it expires. */
async function keyOf(ctx: SignedInCtx, conversation: Conversation, row: ThreadRow): Promise<Buffer | undefined> {
  const readable = row.state === 'posted' && row.expiresAt > ctx.now() && (row.openedAt || row.senderPersonaId === conversation.personaId);
  return readable && row.wrappedKey ? ctx.keys.unwrap(row.keyDay, row.wrappedKey, `message:${row.id}`) : undefined;
}

type Read = { conversation: Conversation; row: ThreadRow; key: Buffer | undefined; files: AttachedFile[] };

function toMessage(ctx: SignedInCtx, { conversation, row, key, files }: Read): ThreadMessage {
  const facts: Facts = {
    id: row.id,
    position: row.position - conversation.visibleFrom + 1,
    mine: row.senderPersonaId === conversation.personaId,
    senderAddress: row.senderAddress,
    senderName: row.senderName,
    sentAt: row.sentAt,
    expiresAt: row.expiresAt,
    withdrawnAt: row.withdrawnAt,
  };
  if (row.state === 'withdrawn' || (row.withdrawnAt && !facts.mine && !row.openedAt)) return { ...facts, state: 'withdrawn' };
  if (row.state === 'expired' || row.expiresAt <= ctx.now()) return { ...facts, state: 'expired' };
  if (key && row.body) {
    return { ...facts, state: 'open', ...decodeBody(openBytes(key, row.body, `message:${row.id}:body`)), files, openedAt: row.openedAt };
  }
  const sealed = !facts.mine && !row.openedAt;
  // Opened and yet without a key: its day was destroyed before the sweep said so.
  return { ...facts, state: sealed ? 'sealed' : 'expired' };
}

/** The window that holds a message, so that a link can lead to it; undefined when the reader may not know of it. */
export async function findWindow(ctx: SignedInCtx, conversation: Conversation, messageId: string): Promise<number | undefined> {
  const message = await accessMessage(ctx, conversation, messageId);
  return message && windowAt(conversation, message.position);
}

function windowAt(conversation: Conversation, position: number): number {
  return Math.ceil((conversation.messageCount - position + 1) / conversationLimits.window);
}

/** Windows are numbered from the newest, which is 1. */
function windowOf(conversation: Conversation, asked: number | undefined): ThreadWindow {
  const size = conversationLimits.window;
  const total = Math.max(0, conversation.messageCount - conversation.visibleFrom + 1);
  const count = Math.max(1, Math.ceil(total / size));
  const oldest = conversation.oldestUnopened;
  const opening = oldest === undefined ? 1 : windowAt(conversation, oldest);
  const index = Math.min(Math.max(1, asked ?? opening), count);
  const last = total - (index - 1) * size;
  return { index, count, first: Math.max(1, last - size + 1), last, total };
}
