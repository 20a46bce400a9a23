import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { readKeyring, writeKeyring } from '../keys/copy-keyring.ts';
import { openKeyring } from '../keys/open-keyring.ts';
import { KeyCopyClosed, KeyCopyOfAnother, readKeyCopy, writeKeyCopy } from './key-copy.ts';

const cheap = { memoryKiB: 8, passes: 1 };
const passphrase = 'neuf hirondelles au dessus du canal';
const at = new Date('2026-11-21T10:00:00Z');

async function keyringWith(folder: string, days: string[]) {
  const keys = await openKeyring(folder);
  const dataKey = randomBytes(32);
  const wrapped = new Map<string, Buffer>();
  for (const day of days) wrapped.set(day, await keys.wrap(day, dataKey, 'message:1'));
  return { keys, dataKey, wrapped };
}

test('G-1: a keyring copied and written elsewhere opens the same things, and its destroyed days stay destroyed', async () => {
  const folder = temporaryFolder();
  const own = join(folder, 'keys');
  const { keys, dataKey, wrapped } = await keyringWith(own, ['2026-11-20', '2026-11-21']);
  await keys.destroyDay('2026-11-20');
  const content = await readKeyring(own);
  if (!content) throw new Error('no keyring');
  await writeKeyCopy(join(folder, 'copy'), { content, passphrase, at }, cheap);
  const copy = await readKeyCopy(join(folder, 'copy'), passphrase);
  if (!copy) throw new Error('no copy');
  const elsewhere = join(folder, 'elsewhere');
  await writeKeyring(elsewhere, copy.content);
  const again = await openKeyring(elsewhere);
  expect([again.fingerprint, await again.listDays(), copy.at]).toEqual([keys.fingerprint, ['2026-11-21'], at]);
  expect(await again.unwrap('2026-11-21', wrapped.get('2026-11-21') ?? Buffer.alloc(0), 'message:1')).toEqual(dataKey);
  expect(await again.unwrap('2026-11-20', wrapped.get('2026-11-20') ?? Buffer.alloc(0), 'message:1')).toBeUndefined();
  await expect(again.wrap('2026-11-20', dataKey, 'message:1')).rejects.toThrow('destroyed');
});

test('S-18: a new copy replaces the last one: a day destroyed since is not in it, nor in a second file', async () => {
  const folder = temporaryFolder();
  const own = join(folder, 'keys');
  const { keys } = await keyringWith(own, ['2026-11-20', '2026-11-21']);
  const copies = join(folder, 'copy');
  for (const step of ['before', 'after']) {
    if (step === 'after') await keys.destroyDay('2026-11-20');
    const content = await readKeyring(own);
    if (content) await writeKeyCopy(copies, { content, passphrase, at }, cheap);
  }
  expect([...((await readKeyCopy(copies, passphrase))?.content.days.keys() ?? [])]).toEqual(['2026-11-21']);
  expect(readdirSync(copies)).toEqual(['pli-keys.json']);
});

test('a wrong passphrase, altered bytes, an altered date and another file do not open; an absent one is absent', async () => {
  const folder = temporaryFolder();
  await keyringWith(join(folder, 'keys'), ['2026-11-21']);
  const content = await readKeyring(join(folder, 'keys'));
  if (content) await writeKeyCopy(folder, { content, passphrase, at }, cheap);
  const file = join(folder, 'pli-keys.json');
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(content?.pepper.toString('base64'));
  await expect(readKeyCopy(folder, 'une autre phrase de passe')).rejects.toThrow(KeyCopyClosed);
  for (const altered of [
    text.replace('T10:', 'T11:'),
    text.replace(/("sealed": ")(.)/, (_all, name, letter) => `${name}${letter === 'A' ? 'B' : 'A'}`),
    '{}',
    '',
  ]) {
    writeFileSync(file, altered);
    await expect(readKeyCopy(folder, passphrase)).rejects.toThrow(KeyCopyClosed);
  }
  expect(await readKeyCopy(join(folder, 'keys'), passphrase)).toBeUndefined();
  expect(await readKeyring(join(folder, 'nowhere'))).toBeUndefined();
});

test('a copy never takes the place of another installation’s', async () => {
  const folder = temporaryFolder();
  const copies = join(folder, 'copy');
  for (const name of ['one', 'other']) await keyringWith(join(folder, name), ['2026-11-21']);
  const [one, other] = [await readKeyring(join(folder, 'one')), await readKeyring(join(folder, 'other'))];
  if (!one || !other) throw new Error('no keyring');
  await writeKeyCopy(copies, { content: one, passphrase, at }, cheap);
  await expect(writeKeyCopy(copies, { content: other, passphrase, at }, cheap)).rejects.toThrow(KeyCopyOfAnother);
  expect((await readKeyCopy(copies, passphrase))?.content.pepper).toEqual(one.pepper);
});
