import { z } from 'zod';
import type { Ctx, SignedInCtx } from '#context';
import { openBytes } from '#platform/keys/seal.ts';
import { type ConversationRow, listAccessibleConversation, listAccessibleConversations, listAccessibleMessages } from './queries.ts';
import { listConversationToRead, type WindowAtDoor } from './window-queries.ts';

/** A conversation as one persona may see it. */
export type Conversation = Omit<ConversationRow, 'titleSealed' | 'wrappedKey' | 'keyDay'> & {
  /** Undefined once the conversation expired (S-18). */
  title: string | undefined;
};

type Asked = { conversationId: string; personaId?: string | undefined };

/**
 * The door of a conversation: the actor's personas that take part in it, each with what it may see. Empty for everybody else (000-07).
 * With `personaId`, only that one counts: a persona of the same profile that was not invited gets nothing (S-04).
 */
export async function accessConversation(ctx: SignedInCtx, asked: Asked): Promise<Conversation[]> {
  const personaIds = personasAsked(ctx, asked);
  if (personaIds.length === 0) return [];
  const rows = await listAccessibleConversation(ctx.db, { conversationId: asked.conversationId, personaIds, now: ctx.now() });
  return Promise.all(rows.map((row) => opened(ctx, row)));
}

/** What was read behind the door while passing it: for `readThread`, which knows whether it is what it wants. */
export type ReadAtDoor = { conversation: Conversation; window: WindowAtDoor };

/**
 * The same door for whoever is about to read: where it opens for one persona alone, the messages its page shows come with it. `window` is the one
 * asked for, as in `readThread`.
 */
export async function accessConversationToRead(
  ctx: SignedInCtx,
  { window, ...asked }: Asked & { window?: number | undefined },
): Promise<{ found: Conversation[]; atDoor: ReadAtDoor | undefined }> {
  const personaIds = personasAsked(ctx, asked);
  if (personaIds.length === 0) return { found: [], atDoor: undefined };
  const read = await listConversationToRead(ctx.db, { conversationId: asked.conversationId, personaIds, window, now: ctx.now() });
  const found = await Promise.all(read.rows.map((row) => opened(ctx, row)));
  const [conversation] = found;
  return { found, atDoor: conversation && read.window && { conversation, window: read.window } };
}

/** The actor's personas that may stand at this door; none for what is no id. */
function personasAsked(ctx: SignedInCtx, asked: Asked): string[] {
  if (!z.uuid().safeParse(asked.conversationId).success) return [];
  return ctx.actor.personas.map((persona) => persona.id).filter((id) => asked.personaId === undefined || id === asked.personaId);
}

/**
 * The same door for several conversations at once, for a list that speaks of them: each as each of the actor's personas that takes part in it
 * now. Those it does not open for are absent. At most some dozens, by id.
 */
export async function accessConversations(ctx: SignedInCtx, conversationIds: readonly string[]): Promise<Conversation[]> {
  const personaIds = ctx.actor.personas.map((persona) => persona.id);
  if (personaIds.length === 0 || conversationIds.length === 0) return [];
  const rows = await listAccessibleConversations(ctx.db, { conversationIds: [...new Set(conversationIds)], personaIds, now: ctx.now() });
  return Promise.all(rows.map((row) => opened(ctx, row)));
}

/** The conversation as the persona named, or as the only one invited; undefined when there is none or a choice to make. */
export async function accessOneConversation(ctx: SignedInCtx, asked: Asked): Promise<Conversation | undefined> {
  const found = await accessConversation(ctx, asked);
  return found.length === 1 ? found[0] : undefined;
}

/** A message the persona may know of, with the key of its text when it may be read now. */
export type AccessibleMessage = {
  id: string;
  position: number;
  mine: boolean;
  openedAt: Date | undefined;
  keyDay: string;
  /** Undefined when it expired, was withdrawn, or its day's key is destroyed. */
  key: Buffer | undefined;
  expiresAt: Date;
};

/** The door of a message, once its conversation's is open: nothing for another conversation's or for what came before a newcomer. */
export async function accessMessage(ctx: SignedInCtx, conversation: Conversation, messageId: string): Promise<AccessibleMessage | undefined> {
  const [message] = await accessMessages(ctx, conversation, [messageId]);
  return message;
}

/** The same door for several messages at once; those it does not open for are absent. */
export async function accessMessages(ctx: SignedInCtx, conversation: Conversation, messageIds: readonly string[]): Promise<AccessibleMessage[]> {
  const asked = messageIds.filter((id) => z.uuid().safeParse(id).success);
  if (asked.length === 0) return [];
  const rows = await listAccessibleMessages(ctx.db, conversation, { messageIds: asked, now: ctx.now() });
  return Promise.all(
    rows.map(async (row) => {
      // Withdrawn, it stays readable to those who had opened it, and to whoever wrote it.
      const withdrawn = row.withdrawnAt !== undefined && !row.mine && row.openedAt === undefined;
      const readable = row.wrappedKey !== undefined && row.expiresAt > ctx.now() && !withdrawn;
      const key = readable && row.wrappedKey ? await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `message:${row.id}`) : undefined;
      return { id: row.id, position: row.position, mine: row.mine, openedAt: row.openedAt, keyDay: row.keyDay, key, expiresAt: row.expiresAt };
    }),
  );
}

async function opened(ctx: SignedInCtx, row: ConversationRow): Promise<Conversation> {
  const { titleSealed, wrappedKey, keyDay, ...conversation } = row;
  return { ...conversation, title: await openTitle(ctx, { id: row.id, titleSealed, wrappedKey, keyDay, lastExpiresAt: row.lastExpiresAt }) };
}

export type SealedTitle = { id: string; titleSealed: Buffer | undefined; wrappedKey: Buffer | undefined; keyDay: string; lastExpiresAt: Date };

/** The title, or undefined from the instant the last message expires, swept or not. */
export async function openTitle(ctx: Ctx, sealed: SealedTitle): Promise<string | undefined> {
  if (!sealed.titleSealed || !sealed.wrappedKey || sealed.lastExpiresAt <= ctx.now()) return undefined;
  const key = await ctx.keys.unwrap(sealed.keyDay, sealed.wrappedKey, `conversation:${sealed.id}`);
  return key && openBytes(key, sealed.titleSealed, `conversation:${sealed.id}:title`).toString();
}
