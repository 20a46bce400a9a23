#!/usr/bin/env node
// npm test: the set-up of npm start, then every test; the last line is the count. --postgres 15 (or 18) runs what touches the database on
// that PostgreSQL alone. Other arguments are vitest's.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './launch/build.mjs';
import { findChromium } from './launch/chromium.mjs';
import { installFromDebian } from './launch/debian.mjs';
import { install } from './launch/install.mjs';
import { hasPostfix } from './launch/postfix.mjs';
import { hasPostgresql15 } from './launch/postgresql.mjs';
import { inProject, LaunchRefused, runMain, tell } from './launch/project.mjs';
import { findNode } from './launch/runtime.mjs';

const projects = { 15: 'postgres-15', 18: 'unit' };
const passedOn = chooseProject(process.argv.slice(2).filter((argument) => argument !== '--peers'));
/** Everything must run: programs that are missing are installed, and a skipped test is a failure. */
const complete = process.env.CI === 'true' || process.argv.includes('--peers');

await runMain(async () => {
  await install();
  await build();
  preparePostfix();
  preparePostgresql();
  const { status, counts } = runVitest(prepareChromium());
  const { passed, failed, skipped, databases = {} } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  for (const [database, number] of Object.entries(databases)) process.stdout.write(`${database}: ${number} passed\n`);
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

/** The oldest PostgreSQL that Pli accepts: what touches the database runs once more on it. */
function preparePostgresql() {
  if (complete && !hasPostgresql15()) installFromDebian('postgresql-15');
  if (hasPostgresql15()) return;
  const fr = "PostgreSQL 15 est absent: les essais de la base ne passent que sur le PostgreSQL intégré (npm test -- --peers l'installe)";
  const en = 'PostgreSQL 15 is missing: tests of the database run on the embedded PostgreSQL alone (npm test -- --peers installs it)';
  if (complete || passedOn.includes(`--project=${projects[15]}`)) throw new LaunchRefused(fr, en);
  tell(fr, en);
}

/** `--postgres 15` chooses the tests that touch the database, on that PostgreSQL. */
function chooseProject(args) {
  const at = args.indexOf('--postgres');
  if (at < 0) return args;
  const project = projects[args[at + 1]];
  if (project) return [...args.slice(0, at), `--project=${project}`, ...args.slice(at + 2)];
  process.stderr.write('npm test -- --postgres 15|18\n');
  process.exit(2);
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
