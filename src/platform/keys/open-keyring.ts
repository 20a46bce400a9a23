import { createSecretKey, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDurably, syncFolder, unlessCode } from '../files/durable.ts';
import { keyFingerprint } from './fingerprint.ts';
import { BadKeyring, makeKey, readKey, refuseOpenToOthers, shredKey } from './key-files.ts';
import type { Day, Keyring } from './keyring.ts';
import { openBytes, sealBytes } from './seal.ts';

/** The key of this day was destroyed: nothing can be wrapped with it any more. */
export class DayDestroyed extends Error {
  override name = 'DayDestroyed';
}

/**
 * How long cached keys open things without looking again whether another process destroyed one. Wrapping always looks first. A `KeyObject`
 * cannot be overwritten with zeros: one that is dropped is unreachable and goes with the next collection.
 * So after a destruction elsewhere nothing is opened for more than this, and nothing is wrapped at all.
 */
const trustMs = 2_000;

type Ring = {
  folder: string;
  cache: Map<Day, KeyObject>;
  /** Until then what the cache holds is known not to have been destroyed. */
  trustedUntil: number;
  /** The look that is under way: all who wait for one wait for the same. */
  looking: Promise<void> | undefined;
};

const pepperName = 'pepper';
const keySuffix = '.key';
/** The record, kept for ever, that a day is gone: it is durable before the key is touched, and wins over a key file that is still there. */
const destroyedSuffix = '.destroyed';

/**
 * Opens the keyring, making the folder and the pepper the first time. Several processes may hold it at once.
 * Every file is read once: a damaged or exposed keyring throws `BadKeyring` now rather than on the day it is needed.
 */
export async function openKeyring(folder: string): Promise<Keyring> {
  const ring: Ring = { folder, cache: new Map(), trustedUntil: 0, looking: undefined };
  const pepper = await prepare(ring).catch((error: NodeJS.ErrnoException) => {
    // A folder that cannot be made, read, written in, or that knows no links.
    throw error.code ? new BadKeyring('unusable', { folder, reason: error.code }, { cause: error }) : error;
  });
  return {
    pepper,
    fingerprint: keyFingerprint(pepperName, pepper),
    wrap: (day, dataKey, context) => wrap(ring, day, dataKey, context),
    unwrap: (day, wrapped, context) => unwrap(ring, day, wrapped, context),
    listDays: async () => livingDays(await listNames(folder)),
    destroyDay: (day) => destroyDay(ring, day),
  };
}

async function prepare(ring: Ring): Promise<Buffer> {
  await preparePrivateFolder(ring.folder);
  const pepper = (await readKey(ring.folder, pepperName)) ?? (await makePepper(ring.folder));
  await checkDays(ring);
  await syncFolder(ring.folder); // Another process may have linked the pepper and not yet have synced the folder.
  return pepper;
}

async function wrap(ring: Ring, day: Day, dataKey: Buffer, context: string): Promise<Buffer> {
  refuseUnlessDay(day);
  const key = ring.cache.get(day) ?? (await faultAsValue(makeDayKey(ring, day)));
  const isKept = await exists(ring, day + keySuffix);
  // Looked at last: whoever destroys the day leaves the record before removing the key, so either we see it or they see our key.
  if (await isDestroyed(ring, day)) {
    await forgetDestroyed(ring, day);
    throw new DayDestroyed(`The key of ${day} was destroyed.`);
  }
  if (key instanceof Error) throw key;
  // A key that only this process still has would be lost with it, and all it wraps from now on.
  if (!isKept) throw missingKey(ring, day);
  ring.cache.set(day, key);
  return sealBytes(key, dataKey, wrapContext(day, context));
}

async function unwrap(ring: Ring, day: Day, wrapped: Buffer, context: string): Promise<Buffer | undefined> {
  if (performance.now() >= ring.trustedUntil) await lookAgain(ring);
  const key = ring.cache.get(day) ?? (await findDayKey(ring, day));
  return key && openBytes(key, wrapped, wrapContext(day, context));
}

/** A day whose key is not in hand; undefined once it was destroyed. */
async function findDayKey(ring: Ring, day: Day): Promise<KeyObject | undefined> {
  refuseUnlessDay(day);
  const read = await faultAsValue(readDayKey(ring, day));
  if (await isDestroyed(ring, day)) return undefined;
  if (read instanceof Error) throw read;
  if (!read) throw missingKey(ring, day);
  ring.cache.set(day, read);
  return read;
}

/** One look at the folder for all the days in hand: a page of messages hangs on as many days as it has messages. */
function lookAgain(ring: Ring): Promise<void> {
  ring.looking ??= dropDestroyed(ring).finally(() => {
    ring.looking = undefined;
  });
  return ring.looking;
}

async function dropDestroyed(ring: Ring): Promise<void> {
  const from = performance.now();
  for (const day of daysEnding(await listNames(ring.folder), destroyedSuffix)) ring.cache.delete(day);
  ring.trustedUntil = from + trustMs;
}

async function destroyDay(ring: Ring, day: Day): Promise<void> {
  refuseUnlessDay(day);
  await createDurably(ring.folder, day + destroyedSuffix, Buffer.alloc(0));
  ring.cache.delete(day);
  await shredKey(ring.folder, day + keySuffix);
}

/** The day's key, durable. A destroyed day gets none, but for the instant in which `wrap` finds the record and removes it again. */
async function makeDayKey(ring: Ring, day: Day): Promise<KeyObject> {
  if (await isDestroyed(ring, day)) throw new DayDestroyed(`The key of ${day} was destroyed.`);
  const key = await readKey(ring.folder, day + keySuffix);
  if (!key) return createSecretKey(await makeKey(ring.folder, day + keySuffix));
  await syncFolder(ring.folder); // Another process may have linked it and not yet have synced the folder.
  return createSecretKey(key);
}

async function readDayKey(ring: Ring, day: Day): Promise<KeyObject | undefined> {
  const key = await readKey(ring.folder, day + keySuffix);
  return key && createSecretKey(key);
}

/** While a key is being destroyed its file is briefly nonsense, or gone: the record of destruction decides whether that is a fault. */
async function faultAsValue<T>(reading: Promise<T>): Promise<T | BadKeyring> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof BadKeyring) return error;
    throw error;
  }
}

async function forgetDestroyed(ring: Ring, day: Day): Promise<void> {
  ring.cache.delete(day);
  await shredKey(ring.folder, day + keySuffix);
}

function isDestroyed(ring: Ring, day: Day): Promise<boolean> {
  return exists(ring, day + destroyedSuffix);
}

async function exists(ring: Ring, name: string): Promise<boolean> {
  return (await stat(join(ring.folder, name)).catch(unlessCode('ENOENT'))) !== undefined;
}

function missingKey(ring: Ring, day: Day): BadKeyring {
  return new BadKeyring('missing-day', { day, folder: ring.folder });
}

async function preparePrivateFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made) await syncFolder(dirname(made));
  // An empty folder somebody prepared for us is made private; one with keys in it that others could read is a fault to be told.
  if ((await readdir(folder)).length === 0) await chmod(folder, 0o700);
  refuseOpenToOthers(folder, (await stat(folder)).mode, '0700');
}

async function makePepper(folder: string): Promise<Buffer> {
  const names = await listNames(folder);
  // Another process may have made it since we looked, and a day's key after it.
  const made = await readKey(folder, pepperName);
  if (made) return made;
  if (names.some((name) => name.endsWith(keySuffix) || name.endsWith(destroyedSuffix))) throw new BadKeyring('incomplete', { folder });
  if (names[0]) throw new BadKeyring('other-files', { folder, name: names[0] });
  return makeKey(folder, pepperName);
}

/** Reads every key once, and finishes the destructions that a crash interrupted. */
async function checkDays(ring: Ring): Promise<void> {
  for (const day of daysEnding(await listNames(ring.folder), keySuffix)) {
    const read = await faultAsValue(readDayKey(ring, day));
    if (await isDestroyed(ring, day)) await shredKey(ring.folder, day + keySuffix);
    else if (read instanceof Error) throw read;
  }
}

/** Without what interrupted writes left behind, which is hidden. */
async function listNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !name.startsWith('.') && name !== 'lost+found').sort();
}

function livingDays(names: string[]): Day[] {
  const destroyed = new Set(daysEnding(names, destroyedSuffix));
  return daysEnding(names, keySuffix).filter((day) => !destroyed.has(day));
}

function daysEnding(names: string[], suffix: string): Day[] {
  return names
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .filter(isDay);
}

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}

function refuseUnlessDay(day: Day): void {
  if (!isDay(day)) throw new TypeError(`Not a UTC day (YYYY-MM-DD): ${day}`);
}

function wrapContext(day: Day, context: string): string {
  return `${day}\n${context}`;
}
