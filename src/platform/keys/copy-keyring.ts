import { chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createDurably, syncFolder, unlessCode } from '../files/durable.ts';
import { keyFingerprint } from './fingerprint.ts';
import { BadKeyring, encodeKey, readKey } from './key-files.ts';
import type { Day } from './keyring.ts';

/** All that a keyring holds: the pepper, the living days, the days that are gone. */
export type KeyringContent = { pepper: Buffer; days: ReadonlyMap<Day, Buffer>; destroyed: readonly Day[] };

const pepperName = 'pepper';
const dayFile = /^(\d{4}-\d{2}-\d{2})\.(key|destroyed)$/;

/** What a keyring holds now. Undefined when there is none. Changes nothing. */
export async function readKeyring(folder: string): Promise<KeyringContent | undefined> {
  const pepper = await readKey(folder, pepperName).catch(unlessCode('ENOTDIR'));
  if (!pepper) return undefined;
  const days = new Map<Day, Buffer>();
  for (const day of await listDays(folder, 'key')) {
    const key = await readKey(folder, `${day}.key`).catch((error: unknown) => {
      // Destroyed while we look: the record decides, just below.
      if (error instanceof BadKeyring) return undefined;
      throw error;
    });
    if (key) days.set(day, key);
  }
  const destroyed = await listDays(folder, 'destroyed');
  for (const day of destroyed) days.delete(day);
  return { pepper, days, destroyed };
}

/** Writes a keyring into a folder that is not there, or empty. The pepper comes last: without it the folder is no keyring, and Pli says so. */
export async function writeKeyring(folder: string, content: KeyringContent): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  for (const day of content.destroyed) await createDurably(folder, `${day}.destroyed`, Buffer.alloc(0));
  for (const [day, key] of content.days) await createDurably(folder, `${day}.key`, encodeKey(`${day}.key`, key));
  await createDurably(folder, pepperName, encodeKey(pepperName, content.pepper));
  await syncFolder(dirname(folder));
}

/** By which a keyring and its days are recognised. */
export function fingerprintsOf({ pepper, days }: KeyringContent): { keyring: string; days: Record<Day, string> } {
  return { keyring: keyFingerprint(pepperName, pepper), days: Object.fromEntries([...days].map(([day, key]) => [day, keyFingerprint(day, key)])) };
}

async function listDays(folder: string, kind: 'key' | 'destroyed'): Promise<Day[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    const [, day, found] = dayFile.exec(name) ?? [];
    return day !== undefined && found === kind ? [day] : [];
  });
}
