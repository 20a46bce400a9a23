// Builds what browsers load: one script, one sheet, two font files, one drawing, with hashed names and precompressed forms.
// `buildBrowser({ outdir })` writes there and returns the manifest (logical name → hashed name), also kept as manifest.json.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src/web/browser');

/** @param {{ outdir: string }} options */
export async function buildBrowser({ outdir }) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const parts = {};
  const result = await build({
    absWorkingDir: root,
    entryPoints: { app: join(source, 'main.ts'), sheet: join(source, 'styles/app.css'), favicon: join(source, 'favicon.svg') },
    outdir,
    publicPath: '/statique',
    entryNames: 'app-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    sourcemap: 'linked',
    target: ['es2022', 'chrome105', 'firefox110', 'safari16'],
    loader: { '.woff2': 'file', '.svg': 'copy' },
    metafile: true,
    logLevel: 'warning',
    plugins: [darkTwice, turboWithoutStyleElement, partsApart({ outdir, parts })],
  });
  const manifest = manifestOf(result.metafile.outputs);
  await Promise.all(Object.keys({ ...result.metafile.outputs, ...parts }).map(precompress));
  await writeFile(join(outdir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The dark values are written once by hand and twice here: for machines that prefer dark, and for people who chose it. Never on paper. */
const darkTwice = {
  name: 'dark-twice',
  setup({ onLoad }) {
    onLoad({ filter: /styles\/dark\.css$/ }, async ({ path }) => {
      const rule = (await readFile(path, 'utf8')).match(/:root \{([\s\S]*)\}/)?.[1];
      if (!rule) throw new Error(`${path} must hold one «:root» rule`);
      const chosen = `@media screen { :root[data-theme='dark'] {${rule}} }`;
      const preferred = `@media screen and (prefers-color-scheme: dark) { :root:not([data-theme='light']) {${rule}} }`;
      return { contents: `@layer tokens { ${preferred} ${chosen} }`, loader: 'css' };
    });
  },
};

/** Turbo writes a <style> for its progress bar, which our content security policy refuses; our sheet draws the bar instead. */
const turboWithoutStyleElement = {
  name: 'turbo-without-style-element',
  setup({ onLoad }) {
    onLoad({ filter: /@hotwired\/turbo\/dist\/turbo\..*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const call = 'this.installStylesheetElement();';
      if (code.split(call).length !== 2) throw new Error('Turbo no longer installs its style element where we remove it');
      return { contents: code.replace(call, ''), loader: 'js' };
    });
  },
};

/**
 * What `import('…')` names in the sources is a file of its own, fetched when it is needed. Built apart rather than split off: esbuild would put
 * its own few lines, which both need, in a third file that every page would ask for.
 */
function partsApart({ outdir, parts }) {
  return {
    name: 'parts-apart',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const found = await resolve(path, { kind: 'import-statement', importer, resolveDir });
        if (found.errors.length > 0) return { errors: found.errors };
        const { metafile } = await build({
          absWorkingDir: root,
          entryPoints: [found.path],
          outdir,
          entryNames: 'part-[hash]',
          bundle: true,
          minify: true,
          format: 'esm',
          sourcemap: 'linked',
          target: ['es2022', 'chrome105', 'firefox110', 'safari16'],
          metafile: true,
          logLevel: 'warning',
        });
        Object.assign(parts, metafile.outputs);
        const script = Object.keys(metafile.outputs).find((output) => output.endsWith('.js'));
        return { path: `/statique/${basename(script)}`, external: true };
      });
    },
  };
}

function manifestOf(outputs) {
  const manifest = {};
  for (const path of Object.keys(outputs)) {
    const name = basename(path);
    if (/^app-.*\.(?:js|css)$/.test(name)) manifest[`app${name.slice(name.lastIndexOf('.'))}`] = name;
    else if (name.includes('-latin-wght-normal')) manifest['latin.woff2'] = name;
    else if (name.endsWith('.svg')) manifest['favicon.svg'] = name;
  }
  return manifest;
}

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Fonts are compressed already, and source maps are for a developer nearby. */
async function precompress(path) {
  if (/\.(?:woff2|map)$/.test(path)) return;
  const file = join(root, path);
  const body = await readFile(file);
  // Quality 10 rather than 11: some bytes more, for a third of the time, on a machine that builds at each start.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const [br, gz] = await Promise.all([brotli(body, { params }), deflate(body, { level: 9 })]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  const manifest = await buildBrowser({ outdir: process.argv[2] ?? join(root, 'dist/browser') });
  console.info(manifest, `${Math.round(performance.now() - started)} ms`);
}
