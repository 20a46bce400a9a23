import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Takes the lock in turns; whoever finds somebody else inside says so. One in three dies inside, without a word. */
const contender = `
  import { appendFileSync, mkdirSync, rmdirSync } from 'node:fs';
  const [lock, inside, log, number] = process.argv.slice(1);
  const { exclusively } = await import(${JSON.stringify(join(projectRoot(), 'bin', 'launch', 'exclusive.mjs'))});
  for (let turn = 0; turn < 12; turn += 1) {
    await exclusively(lock, async () => {
      try { mkdirSync(inside); } catch { appendFileSync(log, 'overlap\\n'); }
      await new Promise((resolve) => setTimeout(resolve, 2));
      rmdirSync(inside);
      appendFileSync(log, 'turn\\n');
      if (turn === 3 && number % 3 === 0) process.kill(process.pid, 'SIGKILL');
    });
  }
`;

test('of a dozen processes that want to build at once, some of which die halfway, one works at a time and none waits for the dead', async () => {
  const folder = temporaryFolder();
  const [lock, inside, log] = ['lock', 'inside', 'log'].map((name) => join(folder, name)) as [string, string, string]; // three names, three paths
  const ends = Array.from({ length: 12 }, (_, number) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', contender, lock, inside, log, String(number)], { stdio: 'inherit' });
    return once(child, 'exit').then(([code, signal]) => code ?? signal);
  });
  const outcomes = await Promise.all(ends);
  expect(outcomes.filter((outcome) => outcome === 'SIGKILL')).toHaveLength(4);
  expect(outcomes.filter((outcome) => outcome === 0)).toHaveLength(8);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines.filter((line) => line === 'overlap')).toEqual([]);
  expect(lines).toHaveLength(8 * 12 + 4 * 4);
  // Of the dead nothing is left that counts.
  const { exclusively } = await import('../../bin/launch/exclusive.mjs' as string);
  await exclusively(lock, async () => undefined);
  expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual([]);
});

test('a claim whose number went to another process is void', async () => {
  const folder = join(temporaryFolder(), 'dist');
  mkdirSync(folder);
  writeFileSync(join(folder, `lock.${process.ppid}-0123456789ab`), 'another boot of the machine 42');
  const { exclusively } = await import('../../bin/launch/exclusive.mjs' as string);
  expect(await exclusively(join(folder, 'lock'), async () => 'mine')).toBe('mine');
});

test('a claim that is laid down but not written yet counts; five in one process take their turns', async () => {
  const folder = temporaryFolder();
  const lock = join(folder, 'lock');
  const other = join(folder, `lock.${process.ppid}-0123456789ab`);
  writeFileSync(other, '');
  const { exclusively } = await import('../../bin/launch/exclusive.mjs' as string);
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  const turns = Promise.all(Array.from({ length: 5 }, () => exclusively(lock, work)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(most).toBe(0);
  rmSync(other);
  await turns;
  expect(most).toBe(1);
});
