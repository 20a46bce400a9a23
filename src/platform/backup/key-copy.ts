import { argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { syncFolder, unlessCode } from '../files/durable.ts';
import { fingerprintsOf, type KeyringContent } from '../keys/copy-keyring.ts';
import { parseJson } from './parse-json.ts';

/** The copy of the keys: one file, so that replacing it is one rename. */
export const keyCopyName = 'pli-keys.json';

export type KeyCopyCost = { memoryKiB: number; passes: number };
/** Argon2id (RFC 9106): 256 MiB, 3 passes, about a second. Whoever has the file tries passphrases as fast as they can pay for. */
const standardCost: KeyCopyCost = { memoryKiB: 256 * 1024, passes: 3 };

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);
const day = z.iso.date();
type Header = { format: string; at: string; keyring: string; argon2id: KeyCopyCost & { salt: string } };

const fileSchema = z.strictObject({
  format: z.literal('pli-keys-1'),
  at: z.iso.datetime(),
  /** Fingerprint of the keyring: a copy never takes the place of another installation's. */
  keyring: z.string(),
  argon2id: z.strictObject({ memoryKiB: z.int().min(8).max(4_194_304), passes: z.int().min(1).max(100), salt: base64 }),
  nonce: base64,
  sealed: base64,
});
const contentSchema = z.strictObject({ pepper: base64, days: z.record(day, base64), destroyed: z.array(day) });

const derive = promisify(argon2);

/** The passphrase is not that of the copy, or the copy was altered: nothing tells which. */
export class KeyCopyClosed extends Error {
  override name = 'KeyCopyClosed';
}

/** The folder holds the copy of another keyring, which must not be lost for this one. */
export class KeyCopyOfAnother extends Error {
  override name = 'KeyCopyOfAnother';
}

/**
 * Writes the copy, sealed under the passphrase (AES-256-GCM), in the place of its predecessor: what was destroyed meanwhile survives there no
 * more. The predecessor's bytes are then overwritten, which is a courtesy: a medium may keep others.
 */
export async function writeKeyCopy(
  folder: string,
  copy: { content: KeyringContent; passphrase: string; at: Date },
  cost: KeyCopyCost = standardCost,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, keyCopyName);
  await refuseAnothers(path, copy.content);
  const before = await open(path, 'r+').catch(unlessCode('ENOENT'));
  try {
    const unfinished = `${path}.unfinished`;
    const file = await open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(await seal(copy, cost));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(folder);
    if (before) {
      await before.write(randomBytes((await before.stat()).size), 0, null, 0);
      await before.sync();
    }
  } finally {
    await before?.close();
  }
}

async function refuseAnothers(path: string, content: KeyringContent): Promise<void> {
  const bytes = await readFile(path).catch(unlessCode('ENOENT'));
  const found = bytes && fileSchema.safeParse(parseJson(bytes));
  if (found?.success && found.data.keyring !== fingerprintsOf(content).keyring) throw new KeyCopyOfAnother(path);
}

/** Opens the copy. Undefined when the folder holds none; throws `KeyCopyClosed` for a wrong passphrase or altered bytes. */
export async function readKeyCopy(folder: string, passphrase: string): Promise<{ content: KeyringContent; at: Date } | undefined> {
  const bytes = await readFile(join(folder, keyCopyName)).catch(unlessCode('ENOENT'));
  if (!bytes) return undefined;
  const parsed = fileSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw new KeyCopyClosed('The copy of the keys is not in its format.');
  const { sealed, nonce, ...header } = parsed.data;
  const key = await keyOf(passphrase, header.argon2id);
  const all = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
  decipher.setAAD(authenticated(header)).setAuthTag(all.subarray(-16));
  const plaintext = decipher.update(all.subarray(0, -16));
  try {
    decipher.final();
  } catch (cause) {
    throw new KeyCopyClosed('The copy of the keys does not open.', { cause });
  }
  const { pepper, days, destroyed } = contentSchema.parse(parseJson(plaintext));
  const living = Object.entries(days).map(([name, bytesOfKey]) => [name, Buffer.from(bytesOfKey, 'base64')] as const);
  return { content: { pepper: Buffer.from(pepper, 'base64'), days: new Map(living), destroyed }, at: new Date(header.at) };
}

async function seal({ content, passphrase, at }: { content: KeyringContent; passphrase: string; at: Date }, cost: KeyCopyCost): Promise<string> {
  const header: Header = {
    format: 'pli-keys-1',
    at: at.toISOString(),
    keyring: fingerprintsOf(content).keyring,
    argon2id: { ...cost, salt: randomBytes(16).toString('base64') },
  };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, header.argon2id), nonce).setAAD(authenticated(header));
  const days = Object.fromEntries([...content.days].map(([name, key]) => [name, key.toString('base64')]));
  const plaintext = JSON.stringify({ pepper: content.pepper.toString('base64'), days, destroyed: content.destroyed });
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${JSON.stringify({ ...header, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }, undefined, 1)}\n`;
}

function keyOf(passphrase: string, { memoryKiB, passes, salt }: KeyCopyCost & { salt: string }): Promise<Buffer> {
  return derive('argon2id', {
    message: Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
    nonce: Buffer.from(salt, 'base64'),
    memory: memoryKiB,
    passes,
    parallelism: 1,
    tagLength: 32,
  });
}

function authenticated(header: Header): Buffer {
  const { memoryKiB, passes, salt } = header.argon2id;
  return Buffer.from([header.format, header.at, header.keyring, memoryKiB, passes, salt].join('\n'), 'utf8');
}
