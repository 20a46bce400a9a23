export { destroyDueKeys } from './destroy-due-keys.ts';
export { findKeyCare, type KeyCare, updateKeysCopied, updateKeysReleased } from './queries.ts';
export { recogniseKeyring } from './recognise-keyring.ts';
