import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchRefused, projectFolder } from './project.mjs';

/** Runs `work` while no other process does under the same lock file; a lock whose process is dead is void. */
export async function exclusively(file, work) {
  while (!take(file)) await pause(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') throw notWritable();
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(holderOf(file))) rmSync(file, { force: true });
    return false;
  }
}

function notWritable() {
  return new LaunchRefused(
    `Ce compte ne peut pas écrire dans ${projectFolder}: lancez une première fois Pli sous le compte à qui ce dossier appartient.`,
    `This account cannot write in ${projectFolder}: start Pli once under the account that owns this folder.`,
  );
}

function holderOf(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN; // Released meanwhile.
  }
}

function isAlive(pid) {
  if (Number.isNaN(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
