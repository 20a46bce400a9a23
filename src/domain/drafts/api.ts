export { discardDraft, discardDrafts, findDraft, keepDraft } from './drafts.ts';
