#!/usr/bin/env node
// npm run dev: the same as npm start, restarting when a source changes.
import { watch } from 'node:fs';
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { exitCodeOf, startProgram } from './launch/program.mjs';
import { inProject, runMain, tell } from './launch/project.mjs';

/** Editors save a file in several steps. */
const settleMs = 40;

await runMain(async () => {
  await install();
  await build();
  const changes = watchSources();
  for (;;) {
    const child = startProgram('main');
    const ended = exitCodeOf(child).then((code) => ({ code }));
    const first = await Promise.race([ended, changes.next()]);
    if (first && 'code' in first && (first.code === 0 || first.code > 128)) return first.code; // Ctrl-C
    if (first && 'code' in first) await changes.next(); // It failed: the next change may mend it.
    await buildUntilItSucceeds(changes);
    child.kill('SIGTERM');
    await ended;
  }
});

async function buildUntilItSucceeds(changes) {
  for (;;) {
    try {
      return await build();
    } catch (error) {
      tell('La construction a échoué; la suite au prochain changement', `The build failed; waiting for the next change (${error.message.split('\n')[0]})`);
      await changes.next();
    }
  }
}

function watchSources() {
  let wake;
  let timer;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => wake?.(), settleMs);
  };
  for (const folder of ['src', 'migrations']) watch(inProject(folder), { recursive: true }, changed);
  return { next: () => new Promise((resolve) => (wake = resolve)) };
}
