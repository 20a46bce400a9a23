export { abandonDrafts } from './abandon-drafts.ts';
export { discardDraft, discardDraftsOf, discardDueDrafts } from './discard-drafts.ts';
export type { Draft, DraftPlace, DraftToKeep, KeptDraft } from './draft.ts';
export { type FoundDraft, findDraft, findPlaces } from './find-draft.ts';
export { keepDraft } from './keep-draft.ts';
export { dropVersion, takeVersion } from './settle-versions.ts';
