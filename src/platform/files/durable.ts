import { randomUUID } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** How the names of unfinished files begin; a process that died may leave some, and nothing reads them. */
export const temporaryPrefix = '.tmp-';

/**
 * Creates a file that is whole or absent, whatever happens: temporary name, fsync, link (which fails if the name is taken, on purpose),
 * fsync of the folder. When another process was first its file stays, and the folder is synced all the same: its link may not be durable yet.
 */
export async function createDurably(folder: string, name: string, content: Uint8Array): Promise<void> {
  const temporary = join(folder, `${temporaryPrefix}${randomUUID()}`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
    await link(temporary, join(folder, name)).catch(unlessCode('EEXIST'));
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
}

/** Makes the names in a folder durable: without it a file that was synced can still be absent after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // A folder cannot be opened there; NTFS journals its names itself.
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** For `.catch`: undefined when the error has this code, as when a file is absent; any other error goes on. */
export function unlessCode(code: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
}
