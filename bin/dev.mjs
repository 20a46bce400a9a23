#!/usr/bin/env node
// npm run dev: the same as npm start, restarting when a source changes.
import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { build } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { exitCodeOf, startProgram } from './launch/program.mjs';
import { inProject, runMain, tell } from './launch/project.mjs';

/** Editors save a file in several steps. */
const settleMs = 30;

await runMain(async () => {
  await install();
  const changes = watchSources();
  await buildUntilItSucceeds(changes);
  const database = await startDatabase();
  if (!database) return 1;
  try {
    return await restartOnChange(changes, database.settings);
  } finally {
    database.child.kill('SIGTERM');
    await database.ended;
  }
});

/** PostgreSQL stays from one restart to the next: starting it takes longer than Pli. Nothing when it could not start, and said why. */
async function startDatabase() {
  const child = startProgram('development-database');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const told = new Promise((resolve) => child.once('message', resolve));
  const answer = await Promise.race([told, ended.then(() => undefined)]);
  return answer && { child, ended, settings: answer.settings };
}

async function restartOnChange(changes, settings) {
  let changedAt;
  for (;;) {
    const child = startProgram('main', { settings });
    const times = changedAt;
    if (times) child.once('message', () => tellTimes({ ...times, listening: performance.now() }));
    const ended = exitCodeOf(child);
    const code = await Promise.race([ended, changes.next()]);
    if (code === 0 || code > 128) return code; // Ctrl-C
    if (code !== undefined) await changes.next(); // It failed: the next change may mend it.
    const changed = performance.now();
    await buildUntilItSucceeds(changes);
    const built = performance.now();
    child.kill('SIGTERM');
    await ended;
    changedAt = { changed, built, stopped: performance.now() };
  }
}

function tellTimes({ changed, built, stopped, listening }) {
  const [whole, build, stop, start] = [listening - changed, built - changed, stopped - built, listening - stopped].map(Math.round);
  tell(
    `Redémarré en ${whole} ms (construction ${build}, arrêt ${stop}, démarrage ${start})`,
    `Restarted in ${whole} ms (build ${build}, stop ${stop}, start ${start})`,
  );
}

async function buildUntilItSucceeds(changes) {
  for (;;) {
    try {
      return await build({ again: true });
    } catch {
      tell('La construction a échoué : elle reprend au prochain changement', 'The build failed: it is tried again at the next change');
      await changes.next();
    }
  }
}

/** `next()` answers once something has changed since it last answered. */
function watchSources() {
  let changed = false;
  let wake;
  let timer;
  const settle = () => {
    changed = true;
    wake?.();
  };
  const watched = new Set();
  const watchFolders = () => {
    for (const folder of ['src', 'migrations'].map((name) => inProject(name)).flatMap(foldersUnder)) {
      if (!watched.has(folder)) watch(folder, note).on('error', () => watched.delete(folder));
      watched.add(folder);
    }
  };
  const note = () => {
    watchFolders();
    clearTimeout(timer);
    timer = setTimeout(settle, settleMs);
  };
  watchFolders();
  return {
    async next() {
      if (!changed) await new Promise((resolve) => (wake = resolve));
      changed = false;
    },
  };
}

/** Each folder is watched by itself: Node.js 20's recursive watch loses files that an editor replaces. */
function foldersUnder(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersUnder(join(folder, name)))];
}
