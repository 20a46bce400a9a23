export { type DeliverySettings, deliverDueMails } from './deliver-due-mails.ts';
export { findNoticeTarget, type NoticeTarget } from './find-notice-target.ts';
export { noticeJobs } from './jobs.ts';
export { type Delivery, listDeliveries } from './list-deliveries.ts';
export { recordBounce } from './record-bounce.ts';
export { type AlertKind, sendAlert } from './send-alert.ts';
export { type CodePurpose, sendCode } from './send-code.ts';
export { settleQueuedNotices } from './settle-queued-notices.ts';
export { tellMessagePosted } from './tell-message-posted.ts';
