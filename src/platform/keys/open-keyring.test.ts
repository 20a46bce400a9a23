import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BadKeyring } from './key-files.ts';
import { DayDestroyed, openKeyring } from './open-keyring.ts';
import { newDataKey, SealBroken } from './seal.ts';

const day = '2026-11-21';
let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'pli-keys-')), 'keyring');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

describe('wrapping', () => {
  test('a wrapped key is opened by any process that has the keyring', async () => {
    const dataKey = newDataKey();
    const wrapped = await (await openKeyring(folder)).wrap(day, dataKey, 'message:1');
    const other = await openKeyring(folder);
    expect(await other.unwrap(day, wrapped, 'message:1')).toEqual(dataKey);
    expect(wrapped.includes(dataKey)).toBe(false);
  });

  test('every key, day and context round-trips; another day or context opens nothing', async () => {
    const keyring = await openKeyring(folder);
    const days = fc.constantFrom('2026-11-21', '2026-11-22', '2028-02-29');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), days, fc.string(), fc.string(), async (bytes, on, context, otherContext) => {
        const wrapped = await keyring.wrap(on, Buffer.from(bytes), context);
        expect(await keyring.unwrap(on, wrapped, context)).toEqual(Buffer.from(bytes));
        if (otherContext !== context) await expect(keyring.unwrap(on, wrapped, otherContext)).rejects.toThrow(SealBroken);
        await keyring.wrap('2026-12-01', Buffer.alloc(1), '');
        await expect(keyring.unwrap('2026-12-01', wrapped, context)).rejects.toThrow(SealBroken);
      }),
      { numRuns: 50 },
    );
  });

  test('one altered bit anywhere is detected', async () => {
    const keyring = await openKeyring(folder);
    const wrapped = await keyring.wrap(day, newDataKey(), 'message:1');
    for (let at = 0; at < wrapped.length; at += 1) {
      const altered = Buffer.from(wrapped);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      await expect(keyring.unwrap(day, altered, 'message:1')).rejects.toThrow(SealBroken);
    }
    await expect(keyring.unwrap(day, wrapped.subarray(0, 10), 'message:1')).rejects.toThrow(SealBroken);
  });

  test('the folder and its files are private, and a day is only ever a date', async () => {
    const keyring = await openKeyring(folder);
    await keyring.wrap(day, newDataKey(), '');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    for (const path of ['../2026-11-21', '2026-11-21/..', '2026-02-30', '', 'pepper'])
      await expect(keyring.wrap(path, newDataKey(), '')).rejects.toThrow(TypeError);
  });
});

describe('destroying', () => {
  test('S-18: a destroyed day opens nothing, never comes back, and leaves the others alone', async () => {
    const keyring = await openKeyring(folder);
    const wrapped = await keyring.wrap(day, newDataKey(), 'm');
    const next = await keyring.wrap('2026-11-22', newDataKey(), 'm');
    expect(await keyring.listDays()).toEqual([day, '2026-11-22']);
    await keyring.destroyDay(day);
    await keyring.destroyDay(day);
    for (const process of [keyring, await openKeyring(folder)]) {
      expect(await process.unwrap(day, wrapped, 'm')).toBeUndefined();
      await expect(process.wrap(day, newDataKey(), 'm')).rejects.toThrow(DayDestroyed);
      expect(await process.listDays()).toEqual(['2026-11-22']);
      expect(await process.unwrap('2026-11-22', next, 'm')).toBeDefined();
    }
    expect(await readdir(folder)).not.toContain(`${day}.key`);
  });

  test('a day without a key can be destroyed too, before it is ever made', async () => {
    const keyring = await openKeyring(folder);
    await keyring.destroyDay(day);
    await expect(keyring.wrap(day, newDataKey(), 'm')).rejects.toThrow(DayDestroyed);
  });

  test('destroyed by another process: nothing is wrapped any more, and a cached key opens for two seconds at most', async () => {
    const here = await openKeyring(folder);
    const there = await openKeyring(folder);
    const wrapped = await here.wrap(day, newDataKey(), 'm');
    await there.destroyDay(day);
    const now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 2_001);
    expect(await here.unwrap(day, wrapped, 'm')).toBeUndefined();
    clock.mockRestore();
    await expect(here.wrap(day, newDataKey(), 'm')).rejects.toThrow(DayDestroyed);
  });

  test('destroyed by another process: a cached key does not wrap, even at once', async () => {
    const here = await openKeyring(folder);
    await here.wrap(day, newDataKey(), 'm');
    await (await openKeyring(folder)).destroyDay(day);
    await expect(here.wrap(day, newDataKey(), 'm')).rejects.toThrow(DayDestroyed);
  });

  test('a destruction interrupted after its record is finished at the next start', async () => {
    const keyring = await openKeyring(folder);
    const wrapped = await keyring.wrap(day, newDataKey(), 'm');
    await writeFile(join(folder, `${day}.destroyed`), '', { mode: 0o600 });
    await writeFile(join(folder, `${day}.key`), 'half overwritten');
    expect(await (await openKeyring(folder)).unwrap(day, wrapped, 'm')).toBeUndefined();
    expect(await readdir(folder)).not.toContain(`${day}.key`);
  });
});

describe('several processes', () => {
  const days = Array.from({ length: 25 }, (_, index) => `2027-01-${String(index + 1).padStart(2, '0')}`);

  test('two processes racing for the pepper and the same days get the same bytes', async () => {
    const wrapAll = `
      const wrapped = await Promise.all(days.map((day) => keyring.wrap(day, Buffer.from('a data key'), 'race')));
      tell({ pepper: keyring.pepper.toString('base64'), wrapped: wrapped.map((bytes) => bytes.toString('base64')) });`;
    const [one, two] = await Promise.all([inProcess(wrapAll), inProcess(wrapAll)]);
    expect(one.pepper).toBe(two.pepper);
    const keyring = await openKeyring(folder);
    for (const [index, on] of days.entries()) {
      for (const { wrapped } of [one, two]) {
        expect((await keyring.unwrap(on, Buffer.from(wrapped[index], 'base64'), 'race'))?.toString()).toBe('a data key');
      }
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('S-18: wrapping while another process destroys: refused or made unreadable, and no key outlives its destruction', async () => {
    await openKeyring(folder);
    const wrapAll = `
      const outcomes = [];
      for (const day of days) outcomes.push(await keyring.wrap(day, Buffer.from('x'), 'race').then(() => 'wrapped', (error) => error.name));
      tell(outcomes);`;
    const destroyAll = 'for (const day of days) await keyring.destroyDay(day); tell([]);';
    const [one, two] = await Promise.all([inProcess(wrapAll), inProcess(wrapAll), inProcess(destroyAll)]);
    expect([...one, ...two].filter((outcome) => outcome !== 'wrapped' && outcome !== 'DayDestroyed')).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual([...days.map((on) => `${on}.destroyed`), 'pepper']);
  });

  /** What the program tells, run on this keyring by a process of its own. */
  async function inProcess(program: string) {
    const whole = `
      import { openKeyring } from ${JSON.stringify(join(import.meta.dirname, 'open-keyring.ts'))};
      const keyring = await openKeyring(${JSON.stringify(folder)});
      const days = ${JSON.stringify(days)};
      const tell = (value) => console.log(JSON.stringify(value));
      ${program}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', whole], { stdio: ['ignore', 'pipe', 'inherit'] });
    return JSON.parse((await child.stdout.toArray()).join(''));
  }
});

describe('a keyring that cannot be used says why', () => {
  test('what interrupted writes left behind is harmless', async () => {
    await openKeyring(folder);
    await writeFile(join(folder, '.tmp-0000'), 'torn', { mode: 0o600 });
    const keyring = await openKeyring(folder);
    expect(await keyring.listDays()).toEqual([]);
    await keyring.wrap(day, newDataKey(), 'm');
  });

  test('days without a pepper', async () => {
    await (await openKeyring(folder)).wrap(day, newDataKey(), 'm');
    await rm(join(folder, 'pepper'));
    await expect(openKeyring(folder)).rejects.toThrow(/holds keys of days but not the file "pepper"/);
  });

  test('a key cut short, and a key under the name of another day', async () => {
    await (await openKeyring(folder)).wrap(day, newDataKey(), 'm');
    const path = join(folder, `${day}.key`);
    const bytes = await readFile(path);
    await writeFile(join(folder, '2026-11-30.key'), bytes, { mode: 0o600 });
    await expect(openKeyring(folder)).rejects.toThrow(/2026-11-30\.key is not a whole key/);
    await rm(join(folder, '2026-11-30.key'));
    await truncate(path, 20);
    await expect(openKeyring(folder)).rejects.toThrow(/2026-11-21\.key is not a whole key/);
  });

  test('a folder or a file that others can read', async () => {
    await openKeyring(folder);
    await chmod(folder, 0o755);
    await expect(openKeyring(folder)).rejects.toThrow(/permissions 0755.*chmod 0700/s);
    await chmod(folder, 0o700);
    await chmod(join(folder, 'pepper'), 0o644);
    await expect(openKeyring(folder)).rejects.toThrow(/permissions 0644.*chmod 0600/s);
  });

  test('a folder that serves something else, but an empty one is taken and made private', async () => {
    await mkdir(folder, { mode: 0o755 });
    await openKeyring(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await rm(join(folder, 'pepper'));
    await writeFile(join(folder, 'thesis.odt'), '');
    await expect(openKeyring(folder)).rejects.toThrow(/is not a keyring: it holds something else \(thesis\.odt\)/);
  });

  test('a folder that cannot be one', async () => {
    await writeFile(folder, 'a file');
    await expect(openKeyring(folder)).rejects.toThrow(/ne peut pas se servir du trousseau .*\n.*cannot use the keyring .* \(EEXIST\)/);
    await rm(folder);
  });

  test('a key that is gone without a record of its destruction is a breakdown, not an expiry', async () => {
    const wrapped = await (await openKeyring(folder)).wrap(day, newDataKey(), 'm');
    const running = await openKeyring(folder);
    await running.unwrap(day, wrapped, 'm');
    await rm(join(folder, `${day}.key`));
    await expect((await openKeyring(folder)).unwrap(day, wrapped, 'm')).rejects.toThrow(BadKeyring);
    for (let turn = 0; turn < 2; turn += 1) await expect(running.wrap(day, newDataKey(), 'm')).rejects.toThrow(/is not in the keyring/);
  });
});
