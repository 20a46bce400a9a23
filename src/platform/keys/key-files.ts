import { createHash, randomBytes } from 'node:crypto';
import { constants, type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { machineSentence } from '#messages/machine.ts';
import { createDurably, syncFolder, unlessCode } from '../files/durable.ts';
import { StartRefused } from '../start-refused.ts';

/** A key file: `PLIKEY1\n` (8) · key (32) · the first 8 bytes of SHA-256 over name and key, which tell a torn or swapped file. */
const magic = Buffer.from('PLIKEY1\n', 'ascii');
const keyBytes = 32;
const sumBytes = 8;
const fileBytes = magic.length + keyBytes + sumBytes;

/** The keyring cannot be used as it is: a sentence tells the administrator what is wrong, where, and what to do. */
export class BadKeyring extends StartRefused {
  override name = 'BadKeyring';
  constructor(key: KeyringSentence, values: Record<string, string>, options?: ErrorOptions) {
    super(machineSentence(`keyring.${key}`, values), options);
  }
}

type KeyringSentence = 'damaged' | 'exposed' | 'incomplete' | 'missing-day' | 'other-files' | 'unusable';

/** The key in the file `name`, or undefined when there is no such file. Throws `BadKeyring` when it is torn, swapped or open to others. */
export async function readKey(folder: string, name: string): Promise<Buffer | undefined> {
  const path = join(folder, name);
  const file = await openExisting(path, constants.O_RDONLY);
  if (!file) return undefined;
  try {
    refuseOpenToOthers(path, (await file.stat()).mode, '0600');
    const bytes = await file.readFile();
    const key = bytes.subarray(magic.length, magic.length + keyBytes);
    if (!bytes.equals(encodeKey(name, key))) throw new BadKeyring('damaged', { path });
    return Buffer.from(key);
  } finally {
    await file.close();
  }
}

/** Makes the key `name` if there is none: durable when it resolves, and the same bytes for every process that asks. */
export async function makeKey(folder: string, name: string): Promise<Buffer> {
  await createDurably(folder, name, encodeKey(name, randomBytes(keyBytes)));
  const kept = await readKey(folder, name);
  if (!kept) throw new BadKeyring('damaged', { path: join(folder, name) });
  return kept;
}

/** Overwrites and unlinks. Overwriting is a courtesy: a journal, a snapshot or the medium itself may still hold the bytes. */
export async function shredKey(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const file = await openExisting(path, constants.O_RDWR);
  if (!file) return;
  try {
    await file.write(randomBytes(fileBytes), 0, fileBytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path, { force: true });
  await syncFolder(folder);
}

/** Windows has no such permissions: there the folder is as private as the account that owns it. */
export function refuseOpenToOthers(path: string, mode: number, wanted: string): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  const found = (mode & 0o777).toString(8).padStart(4, '0');
  throw new BadKeyring('exposed', { path, found, wanted });
}

export function encodeKey(name: string, key: Buffer): Buffer {
  const sum = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, sumBytes);
  return Buffer.concat([magic, key, sum]);
}

function openExisting(path: string, flags: number): Promise<FileHandle | undefined> {
  return open(path, flags).catch(unlessCode('ENOENT'));
}
