#!/usr/bin/env node
// npm start: from a fresh clone to a Pli that listens. Runs on Node.js 20 with npm alone.
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { exitCodeOf, startProgram } from './launch/program.mjs';
import { runMain } from './launch/project.mjs';

await runMain(async () => {
  await install();
  await build();
  return exitCodeOf(startProgram('main'));
});
