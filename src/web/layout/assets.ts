import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Public addresses of what every page loads. */
export type PageAssets = { script: string; style: string; font: string; favicon: string };

/** One built file, with its precompressed forms when they are worth sending. */
export type BuiltFile = { body: Buffer; br: Buffer | undefined; gzip: Buffer | undefined };

export type Assets = { page: PageAssets; files: ReadonlyMap<string, BuiltFile> };

const base = '/statique';
const entries = { script: 'app.js', style: 'app.css', font: 'latin.woff2', favicon: 'favicon.svg' } as const;

/** Addresses without hashes, for pages rendered where nothing has been built (tests). */
export const unbuiltAssets: Assets = {
  page: { script: `${base}/app.js`, style: `${base}/app.css`, font: `${base}/latin.woff2`, favicon: `${base}/favicon.svg` },
  files: new Map(),
};

/** Reads the built browser files once, at start: some 300 kB, served from memory. */
export function loadAssets(folder: string): Assets {
  const manifestPath = join(folder, 'manifest.json');
  if (!existsSync(manifestPath)) return unbuiltAssets;
  // The manifest is written by our own build: logical name → hashed name.
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, string>;
  const address = (entry: string) => `${base}/${manifest[entry] ?? entry}`;
  const names = readdirSync(folder).filter((name) => name !== 'manifest.json' && !/\.(?:br|gz)$/.test(name));
  return {
    page: { script: address(entries.script), style: address(entries.style), font: address(entries.font), favicon: address(entries.favicon) },
    files: new Map(names.map((name) => [name, readBuilt(folder, name)])),
  };
}

function readBuilt(folder: string, name: string): BuiltFile {
  const optional = (suffix: string) => (existsSync(join(folder, name + suffix)) ? readFileSync(join(folder, name + suffix)) : undefined);
  return { body: readFileSync(join(folder, name)), br: optional('.br'), gzip: optional('.gz') };
}
