import { spawnSync } from 'node:child_process';

/** Installs a package of Debian's, as root, without starting what it brings. Answers whether it went well. */
export function installFromDebian(name) {
  return spawnApt(['update', '-qq']) && spawnApt(['install', '-y', '-qq', '--no-install-recommends', name]);
}

function spawnApt(args) {
  return spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
}
