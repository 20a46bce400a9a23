export { discardDrafts, discardDraft, findDraft, keepDraft } from './drafts.ts';
