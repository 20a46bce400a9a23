import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchRefused, projectFolder } from './project.mjs';

/**
 * Runs `work` while no other process does under the same name. Each who wants it lays down a claim of its own, `<file>.<process>-<chance>`,
 * and *then* looks for others: of two who do so at once, at least one sees the other and steps back. Nobody removes a living claim but its
 * owner, and a claim whose process is dead is void.
 */
export async function exclusively(file, work) {
  let claim = take(file);
  while (!claim) {
    await pause(20 + Math.random() * 80); // Two who stepped back for each other do not come back together.
    claim = take(file);
  }
  try {
    return await work();
  } finally {
    rmSync(claim, { force: true });
  }
}

function take(file) {
  if (livingClaims(file).length > 0) return undefined;
  const claim = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Its name alone counts until it is written: a claim without a time of start is alive as long as its process is.
    writeFileSync(claim, startOf(process.pid) ?? '', { flag: 'wx' });
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') throw notWritable();
    throw error;
  }
  if (livingClaims(file).every((other) => other === claim)) return claim;
  rmSync(claim, { force: true });
  return undefined;
}

function notWritable() {
  return new LaunchRefused(
    `Ce compte ne peut pas écrire dans ${projectFolder}: lancez une première fois Pli sous le compte à qui ce dossier appartient.`,
    `This account cannot write in ${projectFolder}: start Pli once under the account that owns this folder.`,
  );
}

/** Removes the claims of the dead on its way. */
function livingClaims(file) {
  const claims = namesIn(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.`) && /\.\d+-[0-9a-f]{12}$/.test(name));
  return claims
    .map((name) => join(dirname(file), name))
    .filter((claim) => {
      if (isAlive(claim)) return true;
      rmSync(claim, { force: true });
      return false;
    });
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function isAlive(claim) {
  const pid = Number.parseInt(/\.(\d+)-[0-9a-f]{12}$/.exec(claim)?.[1] ?? '', 10);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const claimed = contentOf(claim);
  const started = startOf(pid);
  // The number may have gone to another process, after a restart of the machine above all.
  return !claimed || !started || claimed === started;
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // Released meanwhile.
  }
}

/** When a process started, in ticks since that boot of the machine; undefined where there is no /proc. */
function startOf(pid) {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // proc(5): the fields are counted from the last parenthesis, for the name may hold anything; the time of start is the 22nd in all.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return fields[0] === 'Z' ? 'dead' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
