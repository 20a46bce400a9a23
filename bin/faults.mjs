#!/usr/bin/env node
// npm run faults: the set-up of npm start, then each fault of tests/faults/ as often as its promise says (--long: ten times as often), a
// table, and bench/results/faults.json. Other arguments are vitest's: `npm run faults -- kill` plays one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { inProject, runMain } from './launch/project.mjs';
import { findNode } from './launch/runtime.mjs';

const long = process.argv.includes('--long');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--long');

await runMain(async () => {
  await install();
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'pli-faults-'));
  try {
    const { status } = spawnSync(findNode(), [inProject('node_modules/vitest/vitest.mjs'), 'run', '--project', 'faults', ...passedOn], {
      cwd: inProject(),
      stdio: 'inherit',
      env: { ...process.env, FAULTS_SCALE: long ? 'long' : 'ordinary', FAULTS_RESULTS: folder },
    });
    report(readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))));
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function report(faults) {
  faults.sort((one, other) => one.fault.localeCompare(other.fault));
  const results = { machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`, at: new Date().toISOString(), commit: commit(), long, faults };
  mkdirSync(inProject('bench', 'results'), { recursive: true });
  writeFileSync(inProject('bench', 'results', 'faults.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  console.table(
    Object.fromEntries(
      faults.map(({ fault, rounds, of, lost, duplicated, orphans, slowestMs, withinMs, controls }) => [
        fault,
        {
          rounds,
          of,
          lost: lost ?? '',
          duplicated: duplicated ?? '',
          orphans: orphans ?? '',
          'slowest recovery': slowestMs === undefined ? '' : `${(slowestMs / 1000).toFixed(1)} s of ${withinMs / 1000}`,
          controls: controls.map(({ seen }) => seen).join(' · '),
        },
      ]),
    ),
  );
  for (const { fault, controls } of faults) for (const { broken, seen } of controls) console.log(`control of «${fault}»: ${broken}: ${seen} seen`);
}

function commit() {
  const { stdout, status } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: inProject(), encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
