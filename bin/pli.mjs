#!/usr/bin/env node
// bin/pli …: administration. The commands themselves are in src/administration.ts.
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { exitCodeOf, startProgram } from './launch/program.mjs';
import { runMain } from './launch/project.mjs';

await runMain(async () => {
  await install();
  await build();
  return exitCodeOf(startProgram('administration', { args: process.argv.slice(2) }));
});
