#!/usr/bin/env node
// npm run check: everything CI runs beside the tests. Runs on Node.js 20; the checks themselves run on Pli's own.
import { spawn } from 'node:child_process';
import { install } from './launch/install.mjs';
import { exitCodeOf } from './launch/program.mjs';
import { inProject, runMain } from './launch/project.mjs';
import { findNode } from './launch/runtime.mjs';

await runMain(async () => {
  await install();
  return exitCodeOf(spawn(findNode(), [inProject('bin', 'checks', 'all.mjs'), ...process.argv.slice(2)], { stdio: 'inherit', cwd: inProject() }));
});
