export { accessConversation, accessOneConversation, type Conversation } from './access.ts';
export { displayConversation } from './display-conversation.ts';
export { accessAttachment, type Download, recordDownload } from './download-attachment.ts';
export { conversationsNeedKey, expireMessages } from './expire-messages.ts';
export { refreshInboxesJob } from './jobs.ts';
export { type Activity, type ActivityPage, listActivities } from './list-activities.ts';
export { type ConversationPage, countInboxes, countsOf, type ListedConversation, listConversations } from './list-conversations.ts';
export type { ActivityOrder, ListOrder } from './list-queries.ts';
export { openMessage } from './open-message.ts';

export { canManage, canTakeOver, refusalToPost } from './policy.ts';

export { postMessage } from './post-message.ts';
export type { PersonRow } from './queries.ts';
export { findWindow, readThread, type Thread, type ThreadLine, type ThreadMessage, type ThreadWindow } from './read-thread.ts';
export { startConversation } from './start-conversation.ts';
export { takeOver } from './take-over.ts';
export { handOver, transferConversations } from './transfer-conversations.ts';
