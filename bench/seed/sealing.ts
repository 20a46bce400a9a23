import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readKey } from '../../src/platform/keys/key-files.ts';
import type { Day, Keyring } from '../../src/platform/keys/keyring.ts';
import { newDataKey, sealBytes } from '../../src/platform/keys/seal.ts';
import { textOf, titleOf } from './texts.ts';

type Sealed = { wrappedKey: Buffer };

export type Sealing = {
  conversation(of: { c: number; id: string; day: Day }): Sealed & { title: Buffer };
  message(of: { m: number; id: string; day: Day }): Sealed & { body: Buffer };
};

/**
 * Titles and texts sealed as the verbs seal them, each under a data key of its own, wrapped by the day keys of a real keyring. The ring itself
 * looks at its files before each wrap, which a million messages would wait for: here each of the `days` is made by the ring, then read once.
 */
export async function openSealing(keys: Keyring, { folder, days }: { folder: string; days: Iterable<Day> }): Promise<Sealing> {
  const ofDay = new Map<Day, KeyObject>();
  for (const day of days) {
    await keys.wrap(day, newDataKey(), 'bench');
    const key = await readKey(folder, `${day}.key`);
    if (!key) throw new Error(`The keyring made no key for ${day}`);
    ofDay.set(day, createSecretKey(key));
  }
  const wrap = (day: Day, dataKey: Buffer, context: string) => {
    const key = ofDay.get(day);
    if (!key) throw new Error(`No key was made for ${day}`);
    return sealBytes(key, dataKey, `${day}\n${context}`); // As `Keyring.wrap` does: what it gives is opened by `unwrap`.
  };
  return {
    conversation({ c, id, day }) {
      const key = nextKey();
      return { wrappedKey: wrap(day, key, `conversation:${id}`), title: sealBytes(key, Buffer.from(titleOf(c)), `conversation:${id}:title`) };
    },
    message({ m, id, day }) {
      const key = nextKey();
      return { wrappedKey: wrap(day, key, `message:${id}`), body: sealBytes(key, Buffer.from(textOf(m)), `message:${id}:body`) };
    },
  };
}

const keyBytes = 32;
let drawnKeys = Buffer.alloc(0);

/** 256 random bits, as `newDataKey` gives them: drawn a thousand at a time. */
function nextKey(): Buffer {
  if (drawnKeys.length === 0) drawnKeys = randomBytes(1_000 * keyBytes);
  const key = drawnKeys.subarray(0, keyBytes);
  drawnKeys = drawnKeys.subarray(keyBytes);
  return key;
}
