import { spawn } from 'node:child_process';
import { inProject } from '../launch/project.mjs';

/** Runs a program of ours on this Node.js. */
export function node(args) {
  return runCommand(process.execPath, args);
}

/** Runs a command in the project: what it printed is its faults, when it failed. */
export async function runCommand(program, args) {
  const child = spawn(program, args, { cwd: inProject(), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return {};
  const lines = Buffer.concat(printed)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { faults: lines.length > 0 ? lines : [`${program} failed without a word (${code})`] };
}
