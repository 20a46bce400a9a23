export { abandonDrafts } from './abandon-drafts.ts';
export { discardDraft, discardDrafts, findDraft, keepDraft } from './drafts.ts';
