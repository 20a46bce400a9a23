import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exclusively } from './exclusive.mjs';
import { inProject } from './project.mjs';

const stamp = inProject('dist', '.built');
const browserScript = inProject('bin', 'build-browser.mjs');

/** Builds what is stale: the sources are compared with those of the last build by name, size and date. */
export async function build() {
  if (isCurrent()) return;
  await exclusively(inProject('dist', '.building'), async () => {
    if (isCurrent()) return;
    const print = sourcesPrint(); // Before: what changes during the build makes it stale again.
    rmSync(stamp, { force: true });
    await Promise.all([buildServer(), buildBrowser()]);
    writeFileSync(stamp, print);
  });
}

function isCurrent() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesPrint();
}

function sourcesPrint() {
  const hash = createHash('sha256');
  for (const name of ['src', 'bin', 'tsconfig.json', 'package.json', 'package-lock.json']) addTo(hash, inProject(name));
  return hash.digest('hex');
}

function addTo(hash, path) {
  const { mtimeMs, size, isDirectory } = describe(path);
  if (!isDirectory) {
    hash.update(`${path}\0${mtimeMs}\0${size}\0`);
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}

function describe(path) {
  const { mtimeMs, size, ...rest } = statSync(path);
  return { mtimeMs, size, isDirectory: (rest.mode & 0o170000) === 0o040000 };
}

/** How esbuild makes the program; packages stay in node_modules. */
export const serverOptions = {
  absWorkingDir: inProject(),
  entryPoints: ['src/main.ts', 'src/administration.ts'],
  outdir: 'dist/server',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node26',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  jsx: 'automatic',
  jsxImportSource: '#jsx',
  logLevel: 'warning',
};

async function buildServer() {
  const { build: bundle } = await import('esbuild');
  rmSync(inProject('dist', 'server'), { recursive: true, force: true });
  await bundle(serverOptions);
}

export async function buildBrowser() {
  if (!existsSync(browserScript)) return;
  const outdir = inProject('dist', 'browser');
  mkdirSync(outdir, { recursive: true });
  const script = await import(pathToFileURL(browserScript).href);
  await script.buildBrowser({ outdir });
}
