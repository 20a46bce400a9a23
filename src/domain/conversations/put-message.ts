import { publish, type SignedInCtx } from '#context';
import { claimFiles, type FileRules, type PreparedFile, prepareFiles } from '#domain/attachments/api.ts';
import { type DraftPlace, discardDraft } from '#domain/drafts/api.ts';
import { tellMessagePosted } from '#domain/notices/api.ts';
import { sealBytes } from '#platform/keys/seal.ts';
import { ok, type Result } from '#result';
import { expiryOf, nextReminder, utcDay } from '#shared/expiry.ts';
import type { RichText } from '#shared/rich-text.ts';
import { encodeBody } from './message-body.ts';
import { insertPosted, type LockedConversation, updateInboxesPosted } from './write-queries.ts';

/** A message sealed and not yet anybody's: made before the transaction, because keys and files are outside the database. */
export type SealedMessage = {
  id: string;
  key: Buffer;
  body: Buffer;
  wrappedKey: Buffer;
  keyDay: string;
  sentAt: Date;
  expiresAt: Date;
  files: PreparedFile[];
};

type Letter = {
  message: string;
  richText?: RichText | undefined;
  uploadIds: readonly string[];
  zone: string;
  expiryDays: number | undefined;
  rules: FileRules;
};

/** Seals text and files under a new data key, wrapped for the UTC day on which the message expires (S-03). Refuses as `prepareFiles`. */
export async function sealMessage(ctx: SignedInCtx, letter: Letter): Promise<Result<SealedMessage>> {
  const id = ctx.newId();
  const key = ctx.randomBytes(32);
  const sentAt = ctx.now();
  const expiresAt = expiryOf(sentAt, letter.zone, letter.expiryDays);
  const keyDay = utcDay(expiresAt);
  const wrappedKey = await ctx.keys.wrap(keyDay, key, `message:${id}`);
  const files = await prepareFiles(ctx, { profileId: ctx.actor.profileId, uploadIds: letter.uploadIds, day: keyDay, rules: letter.rules });
  if (!files.ok) return files;
  const body = sealBytes(key, encodeBody({ text: letter.message, richText: letter.richText }), `message:${id}:body`);
  return ok({ id, key, body, wrappedKey, keyDay, sentAt, expiresAt, files: files.value });
}

type Place = { organisationId: string; conversationId: string; senderPersonaId: string; postKey: string; locked: LockedConversation };

/**
 * Puts a sealed message at the end of its conversation, whose row is locked by the caller's transaction: message, files, line, inboxes,
 * notices. False, and nothing is written, when its sender has already posted under that key. The sender's draft goes with it.
 */
export async function putMessage(ctx: SignedInCtx, message: SealedMessage, place: Place & { draft: DraftPlace }): Promise<Result<boolean>> {
  const { organisationId, conversationId, senderPersonaId, locked } = place;
  const position = locked.messageCount + 1;
  const { id, sentAt, expiresAt } = message;
  const row = { ...message, organisationId, conversationId, position, senderPersonaId, postKey: place.postKey };
  const whole = { ...row, remindAt: nextReminder(sentAt, expiresAt), fileCount: message.files.length };
  const posted = await insertPosted(ctx.db, whole, { activityId: ctx.newId(), ...(await titleKey(ctx, message, place)) });
  if (!posted) return ok(false);
  // Before its files are taken: drafts are locked before files, everywhere.
  await discardDraft(ctx, place.draft);
  const claimed = await claimFiles(ctx, {
    profileId: ctx.actor.profileId,
    files: message.files,
    organisationId,
    conversationId,
    messageId: id,
    messageKey: message.key,
  });
  if (!claimed.ok) return claimed;

  const people = await updateInboxesPosted(ctx.db, { organisationId, conversationId, senderPersonaId, position, at: sentAt });
  const recipientPersonaIds = people.filter(({ personaId, reads }) => reads && personaId !== senderPersonaId).map(({ personaId }) => personaId);
  await tellMessagePosted(ctx, { organisationId, conversationId, messageId: id, senderPersonaId, recipientPersonaIds });
  // The very ones `tellPeople` would ask for.
  await publish(ctx, { personaIds: people.map(({ personaId }) => personaId), kind: 'messages', subjectId: conversationId });
  return ok(true);
}

/** The title lives as long as the last of the messages: its key is wrapped again for that day. The day's key is in memory since `sealMessage`. */
async function titleKey(ctx: SignedInCtx, message: SealedMessage, { conversationId, locked }: Place) {
  const wrapped = locked.wrappedKey;
  if (!wrapped) throw new Error('A conversation that can be posted in has a title key');
  if (message.expiresAt <= locked.lastExpiresAt) return { lastExpiresAt: locked.lastExpiresAt, wrappedKey: wrapped, keyDay: locked.keyDay };
  const last = { lastExpiresAt: message.expiresAt, keyDay: message.keyDay };
  if (message.keyDay === locked.keyDay) return { ...last, wrappedKey: wrapped };
  const context = `conversation:${conversationId}`;
  const key = await ctx.keys.unwrap(locked.keyDay, wrapped, context);
  if (!key) throw new Error('The key of a title was destroyed while its conversation could still be posted in');
  return { ...last, wrappedKey: await ctx.keys.wrap(message.keyDay, key, context) };
}
