#!/usr/bin/env node
// npm test: the set-up of npm start, then every test; the last line is the count. Other arguments are vitest's.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './launch/build.mjs';
import { findChromium } from './launch/chromium.mjs';
import { installFromDebian } from './launch/debian.mjs';
import { install } from './launch/install.mjs';
import { hasPostfix } from './launch/postfix.mjs';
import { inProject, runMain, tell } from './launch/project.mjs';
import { findNode } from './launch/runtime.mjs';

const passedOn = process.argv.slice(2).filter((argument) => argument !== '--peers');
/** Everything must run: programs that are missing are installed, and a skipped test is a failure. */
const complete = process.env.CI === 'true' || process.argv.includes('--peers');

await runMain(async () => {
  await install();
  await build();
  preparePostfix();
  const { status, counts } = runVitest(prepareChromium());
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  if (complete && skipped > 0) tell(`${skipped} tests sautés: ici c'est un échec`, `${skipped} tests skipped: here that is a failure`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 || status !== 0 || (complete && skipped > 0) ? 1 : 0;
});

function prepareChromium() {
  if (complete && !findChromium()) installFromDebian('chromium');
  const chromium = findChromium();
  if (!chromium) {
    tell(
      "Chromium est absent: les essais dans un navigateur sont sautés (npm test -- --peers l'installe)",
      'Chromium is missing: tests in a browser are skipped (npm test -- --peers installs it)',
    );
  }
  return chromium;
}

function preparePostfix() {
  if (complete && !hasPostfix()) installFromDebian('postfix');
  if (!hasPostfix()) {
    tell(
      "Postfix est absent: les essais avec un vrai relais de courrier sont sautés (npm test -- --peers l'installe)",
      'Postfix is missing: tests with a real mail relay are skipped (npm test -- --peers installs it)',
    );
  }
}

function runVitest(chromium) {
  const folder = mkdtempSync(join(tmpdir(), 'pli-count-'));
  const file = join(folder, 'counts.json');
  try {
    const { status } = spawnSync(findNode(), [inProject('node_modules/vitest/vitest.mjs'), 'run', ...passedOn], {
      cwd: inProject(),
      stdio: 'inherit',
      env: { ...process.env, TEST_COUNTS: file, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) },
    });
    return { status, counts: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
