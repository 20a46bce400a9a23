import { randomBytes, randomUUID } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { openFileStorage } from './open-file-storage.ts';

const mebibyte = 1024 * 1024;

afterEach(() => vi.unstubAllGlobals());

test('the young generation alone is collected, once each 8 MiB that come in or go out, and nothing is asked for without the means', async () => {
  const collect = vi.fn();
  vi.stubGlobal('gc', collect);
  const storage = openFileStorage(temporaryFolder());
  const key = randomBytes(32);
  const id = randomUUID();
  const piece = Buffer.alloc(mebibyte, 'pli');
  await storage.write(id, key, Readable.from(Array.from({ length: 24 }, () => piece)), 24 * mebibyte);
  expect(collect.mock.calls).toEqual([[{ type: 'minor' }], [{ type: 'minor' }], [{ type: 'minor' }]]);
  collect.mockClear();
  await pipeline(await storage.read(id, key), new PassThrough().resume());
  expect(collect.mock.calls).toEqual([[{ type: 'minor' }], [{ type: 'minor' }], [{ type: 'minor' }]]);

  vi.stubGlobal('gc', undefined);
  let read = 0;
  for await (const bytes of await storage.read(id, key)) read += bytes.length;
  expect(read).toBe(24 * mebibyte);
});
