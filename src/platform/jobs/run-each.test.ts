import { expect, test } from 'vitest';
import { silentLog } from '#platform/log/open-log.ts';
import { runEach } from './run-each.ts';

test('a part of the due work that fails does not keep the next from running, and whoever waits is told', async () => {
  const ran: string[] = [];
  const works = {
    'remove-blobs': () => Promise.reject(new Error('The disk is read-only')),
    'destroy-keys': async () => void ran.push('destroy-keys'),
  };
  await expect(runEach(works, silentLog())).rejects.toThrow('remove-blobs');
  expect(ran).toEqual(['destroy-keys']);
});
