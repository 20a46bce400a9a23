import type { Readable } from 'node:stream';
import { atomically, type SignedInCtx } from '#context';
import { type AttachedFile, findFile, readFile } from '#domain/attachments/api.ts';
import { accessMessage, accessOneConversation, type Conversation } from './access.ts';
import { refreshInboxes } from './jobs.ts';
import { tellPeople } from './tell-people.ts';
import { insertActivities, insertDownload, updateConversationActivity, updateInboxDownloaded } from './write-queries.ts';

type Asked = { conversationId: string; attachmentId: string; personaId?: string | undefined };

export type Download = {
  conversation: Conversation;
  messageId: string;
  file: AttachedFile;
  /** Plaintext bytes; `start` and `end` are both included. */
  read: (range?: { start: number; end: number }) => Promise<Readable>;
};

/** The door of a file is its message's: taking part, the envelope opened (or one's own), not expired, not withdrawn. Otherwise undefined. */
export async function accessAttachment(ctx: SignedInCtx, asked: Asked): Promise<Download | undefined> {
  const conversation = await accessOneConversation(ctx, asked);
  const place = conversation && (await findFile(ctx, asked.attachmentId));
  const message = place && (await accessMessage(ctx, conversation, place.messageId));
  if (!conversation || !message?.key || !(message.mine || message.openedAt)) return undefined;
  const opened = await readFile(ctx, { id: asked.attachmentId, messageKey: message.key, keyDay: message.keyDay });
  return opened && { conversation, messageId: message.id, ...opened };
}

/** Writes the download in the activities, once a person, file and hour (000-40). One's own files are not counted. */
export async function recordDownload(ctx: SignedInCtx, download: Download): Promise<void> {
  const { conversation, file, messageId } = download;
  const { organisationId, id: conversationId, personaId } = conversation;
  const at = ctx.now();
  await atomically(ctx, async (inside) => {
    if (!(await insertDownload(inside.db, { organisationId, attachmentId: file.id, personaId, at }))) return;
    const place = { organisationId, conversationId, at };
    await insertActivities(inside.db, [{ ...place, id: ctx.newId(), kind: 'attachment-downloaded', personaId, messageId, attachmentId: file.id }]);
    await updateConversationActivity(inside.db, place);
    await updateInboxDownloaded(inside.db, { ...place, personaId });
    await refreshInboxes(inside, place);
    await tellPeople(inside, place, 'activities');
  });
}
