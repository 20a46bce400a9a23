export { claimFiles, type PreparedFile, prepareFiles } from './claim-files.ts';
export { destroyFiles, discardUploads, removeBlobs } from './discard-files.ts';
export { listKeptBlobs } from './queries.ts';
export { type AttachedFile, findFile, listFiles, readFile } from './read-files.ts';
export { findUploads, type ReceivedFile, receiveFile } from './receive-file.ts';
export { rewrapFiles } from './rewrap-files.ts';
