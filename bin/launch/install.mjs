import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively } from './exclusive.mjs';
import { inProject, LaunchRefused, tell } from './project.mjs';

const stamp = inProject('node_modules', '.pli-lock');

/** Makes node_modules what package-lock.json says, when it is not already. No install script runs: nothing of ours needs one. */
export async function install() {
  if (isStamped()) return;
  await exclusively(inProject('dist', '.installing'), async () => {
    if (isStamped()) return; // Another start did it while we waited.
    const expected = lockHash();
    if (!isWhatTheLockSays()) runNpm();
    writeFileSync(stamp, expected);
  });
}

function isStamped() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

/** npm notes what it put in node_modules: installed by hand, it may already be right. Packages of other platforms are rightly absent. */
function isWhatTheLockSays() {
  const noted = inProject('node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const { packages: installed } = JSON.parse(readFileSync(noted, 'utf8'));
  const { packages: locked } = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  const same = (path) => installed[path]?.version === locked[path]?.version && installed[path]?.integrity === locked[path]?.integrity;
  const wanted = Object.keys(locked).filter((path) => path !== '' && (!locked[path].optional || path in installed));
  return Object.keys(installed).every(same) && wanted.every(same);
}

function lockHash() {
  const hash = createHash('sha256').update(readFileSync(inProject('package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

/** Through a link, `npm ci` would empty the packages of the checkout it leads to. */
function refuseLink() {
  if (!lstatSync(inProject('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new LaunchRefused(
    'node_modules est un lien vers des paquets qui ne sont pas ceux de package-lock.json: retirez ce lien, puis recommencez.',
    'node_modules is a link to packages that are not those of package-lock.json: remove that link, then start again.',
  );
}

function runNpm() {
  refuseLink();
  tell('Installation des dépendances…', 'Installing dependencies…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: inProject(),
    // npm's own output goes where our sentences go.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...writableCache() },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new LaunchRefused(`npm ci a échoué${error ? ` (${error.message})` : ''}.`, `npm ci failed${error ? ` (${error.message})` : ''}.`);
}

/** npm run as root runs scripts as the owner of the folder, who may not write in root's cache. */
function writableCache() {
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm');
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(tmpdir(), `pli-npm-${process.getuid?.() ?? 'user'}`) };
  }
}
