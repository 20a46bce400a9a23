import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of the machine, or the one `CHROMIUM_PATH` names. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...candidates].find((path) => path && isExecutable(path));
}

/** Installs Debian's, as root. Answers whether it is there now. */
export function installChromium() {
  if (!spawnApt(['update', '-qq'])) return false;
  return spawnApt(['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
}

function spawnApt(args) {
  return spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
