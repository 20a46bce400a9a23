import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exclusively } from './exclusive.mjs';
import { inProject, LaunchRefused } from './project.mjs';

const browserScript = inProject('bin', 'build-browser.mjs');

/** What is built, from what, and how. */
const partsOf = ({ packages }) => [
  { name: 'server', sources: ['src', 'bin/launch/build.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'], packages, make: buildServer },
  { name: 'browser', sources: ['src/web/browser', 'src/shared', 'bin/build-browser.mjs', 'package-lock.json'], make: buildBrowser },
];

/**
 * Builds what is stale: the sources are compared with those of the last build by name, size and date. `again`: the caller will build more
 * than once, keeps the bundler at hand between, and would rather have a quick build than a quick start.
 */
export async function build({ again = false } = {}) {
  const parts = partsOf({ packages: again ? packagesApart : packagesWithin });
  if (parts.every(isCurrent)) return;
  await exclusively(inProject('dist', '.building'), async () => {
    const stale = parts.filter((part) => !isCurrent(part));
    const prints = stale.map(printOf); // Before: what changes during the build makes it stale again.
    for (const part of stale) rmSync(stampOf(part), { force: true });
    await Promise.all(stale.map((part) => part.make(part))).catch(refuseFaultySources);
    if (!again) await endEsbuild();
    for (const [index, part] of stale.entries()) writeFileSync(stampOf(part), prints[index]);
  });
}

const stampOf = ({ name }) => inProject('dist', `.${name}`);

function isCurrent(part) {
  return existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === printOf(part);
}

function printOf({ sources, packages = {} }) {
  const hash = createHash('sha256').update(JSON.stringify(packages));
  for (const name of sources) addTo(hash, inProject(name));
  return hash.digest('hex');
}

function addTo(hash, path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    hash.update(`${path}\0${found?.mtimeMs}\0${found?.size}\0`);
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}

/** How esbuild makes the program. */
const serverOptions = {
  absWorkingDir: inProject(),
  entryPoints: ['src/main.ts', 'src/administration.ts', 'src/development-database.ts'],
  outdir: 'dist/server',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node26',
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  jsx: 'automatic',
  jsxImportSource: '#jsx',
  logLevel: 'warning',
};

/**
 * Packages are built into the program: read from node_modules, their thousand files take a third of a second at each start, in each process.
 * Those written for CommonJS ask for Node.js's own modules by `require`. A build takes twice as long: where they come one after another,
 * packages stay apart.
 */
const packagesWithin = {
  external: ['pg-native'], // an optional part of pg, which Pli does not install
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};
const packagesApart = { packages: 'external' };

/** Its own process would otherwise stay as long as Pli. */
async function endEsbuild() {
  const { stop } = await import('esbuild');
  await stop();
}

/** esbuild has already shown each fault where it is. */
function refuseFaultySources(error) {
  if (!Array.isArray(error.errors)) throw error;
  throw new LaunchRefused('La construction a échoué.', 'The build failed.');
}

async function buildServer({ packages }) {
  const { build: bundle } = await import('esbuild');
  const { metafile } = await bundle({ ...serverOptions, ...packages, metafile: true });
  // Only what this build no longer makes: a Pli that is running may still be reading the rest.
  const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
  for (const name of readdirSync(inProject('dist', 'server'))) {
    if (!made.has(name)) rmSync(inProject('dist', 'server', name), { recursive: true });
  }
}

async function buildBrowser() {
  if (!existsSync(browserScript)) return;
  const outdir = inProject('dist', 'browser');
  const script = await import(pathToFileURL(browserScript).href);
  await script.buildBrowser({ outdir });
}
