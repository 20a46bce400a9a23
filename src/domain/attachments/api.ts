export { abandonUpload } from './abandon-upload.ts';
export { appendToUpload } from './append-to-upload.ts';
export { beginUpload } from './begin-upload.ts';
export { claimFiles, type PreparedFile, prepareFiles } from './claim-files.ts';
export { destroyFiles, discardUploads, removeBlobs } from './discard-files.ts';
export { findUpload, type Upload } from './find-upload.ts';
export { listKeptBlobs } from './queries.ts';
export { type AttachedFile, findFile, listFiles, readFile } from './read-files.ts';
export { findUploads, type ReceivedFile, receiveFile } from './receive-file.ts';
