import { join } from 'node:path';

/** Nothing but a UUID in lower case ever becomes a path. */
export function blobPath(folder: string, id: string): { file: string; subfolder: string } {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new TypeError('The id of a blob is a UUID.');
  const subfolder = join(folder, id.slice(-2));
  return { file: join(subfolder, id), subfolder };
}
