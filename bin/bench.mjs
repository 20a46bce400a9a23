#!/usr/bin/env node
// npm run bench: the set-up of npm start, then the measures of bench/, a table, and bench/results/latest.json.
import { spawnSync } from 'node:child_process';
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { inProject, runMain } from './launch/project.mjs';
import { findNode } from './launch/runtime.mjs';

await runMain(async () => {
  await install();
  await build();
  return spawnSync(findNode(), [inProject('bench', 'measure.ts'), ...process.argv.slice(2)], { cwd: inProject(), stdio: 'inherit' }).status ?? 1;
});
