import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { foldersIn } from '../src/platform/database/embedded/folders.ts';
import { projectRoot } from '../src/platform/project-root.ts';
import { openAlone, recordPages } from './alone/run-alone.ts';
import { median } from './load/statistics.ts';
import { type Clock, readClock, type Shares } from './machine/proc.ts';
import { type Running, startBare, startOn } from './machine/started.ts';
import { watchPli } from './machine/watch-pli.ts';
import { type Options, readOptions, usage } from './options.ts';
import { describeHeld, type Report, type Result, tableOf, withFigures } from './report.ts';
import { type Bench, type Calibration, connectionCounts, openSessions } from './rows/bench.ts';
import { measureLive } from './rows/live.ts';
import { measureHello, measurePages, type Page } from './rows/pages.ts';
import { measurePost, readPage } from './rows/posting.ts';
import { measureOverload, measureSignIn } from './rows/signing-in.ts';
import { measureDownload, measureUpload } from './rows/transfers.ts';
import { weighPage } from './rows/weights.ts';
import { type MadeData, prepareData } from './seed/prepare-data.ts';

const inBench = (...parts: string[]) => join(projectRoot(), 'bench', ...parts);
const latest = inBench('results', 'latest.json');
/** Pages of different conversations, so that no cache of one of them is measured. */
const openedConversations = 100;
const recordedPages = 20;
const sqlConnections = 8;

if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
const options = readOptions(process.argv.slice(2));
if ('fault' in options) {
  console.error(`${options.fault}\n\n${usage}`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
const report = options.last ? (JSON.parse(readFileSync(latest, 'utf8')) as Report) : await measure(options); // written below alone
console.log(`\n${tableOf(report).join('\n')}`);
if (options.readme) writeFileSync(inBench('README.md'), withFigures(readFileSync(inBench('README.md'), 'utf8'), report));

async function measure(asked: Options): Promise<Report> {
  mkdirSync(inBench('results'), { recursive: true });
  say(`data set at scale ${asked.scale}`);
  const { made, run } = await prepareData({ folder: inBench('data'), scale: asked.scale, fresh: asked.fresh });
  const coldMs = await startCold();
  const dataDir = join(run, 'data');
  await (await startOn(dataDir)).stop(); // Migrations newer than the data set, and the programs of PostgreSQL.
  const pli = await startOn(dataDir, asked.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${inBench('results', 'profiles')}` } : {});
  try {
    const measured = await measureRunning({ pli, run, dataDir, made, asked });
    const written: Report = { ...describe(asked), ...measured, starts: { coldMs, warmMs: pli.readyAfterMs }, disk: diskOf(made), data: dataOf(made) };
    writeFileSync(latest, `${JSON.stringify(written, undefined, 2)}\n`);
    return written;
  } finally {
    await pli.stop();
    // What it said: a figure beside which something went wrong is none.
    copyFileSync(join(run, 'pli.log'), inBench('results', 'pli.log'));
    rmSync(run, { recursive: true, force: true });
  }
}

/** From nothing to a Pli that is ready: PostgreSQL's cluster is made, and every migration applied. */
async function startCold(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pli-bench-'));
  try {
    const pli = await startOn(join(folder, 'data'));
    await pli.stop();
    return pli.readyAfterMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Started = { pli: Running; run: string; dataDir: string; made: MadeData; asked: Options };

type Measured = Pick<Report, 'calibration' | 'memory' | 'pages' | 'results' | 'stolenShare'>;

async function measureRunning({ pli, run, dataDir, made, asked }: Started): Promise<Measured> {
  const { target } = pli;
  const begun = readClock();
  const bare = await startBare(run);
  const watch = watchPli(pli.pid, target);
  const sessions = openSessions(target);
  const bench: Bench = { target, bare: bare.target, folder: run, cast: made.cast, watch, options: asked, sessions, calibration: { hello: {}, sql: {} } };
  try {
    say(`idle for ${asked.idleSeconds} s`);
    await pause(asked.idleSeconds * 1000);
    const idle = watch.pssMb();
    const pages = (await pagesOf(bench)).filter(({ name }) => asked.rows.has(name));
    bench.calibration = await calibrate(bench, { pages, dataDir });
    const results = await measureRows(bench, pages);
    const memory = memoryOf(idle, watch.peakPssMb());
    const { hello, sql } = bench.calibration;
    const stolenShare = stolenSince(begun);
    return { stolenShare, calibration: { helloRps: hello, sqlPagesPerS: sql, sqlConnections }, memory, pages: await weigh(bench), results };
  } finally {
    await watch.close();
    await bare.stop();
  }
}

type NamedPage = Page & { name: 'list-first' | 'list-last' | 'list-of-20' | 'open' };

async function pagesOf({ cast, sessions, target }: Bench): Promise<NamedPage[]> {
  const cookie = await sessions.of(cast.long.address);
  const conversations = await conversationsOf(cookie, target);
  const all = connectionCounts;
  return [
    { name: 'list-first', address: cast.long.address, paths: ['/connexion'], connections: all },
    { name: 'list-last', address: cast.long.address, paths: ['/connexion?page=1000'], connections: all },
    { name: 'list-of-20', address: cast.short.address, paths: ['/connexion'], connections: [8] },
    { name: 'open', address: cast.long.address, paths: conversations, connections: all },
  ];
}

/** Conversations as the list links to them, from pages far apart, that the reader has read to their end: a page of open messages each. */
async function conversationsOf(cookie: string, target: Bench['target']): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; page <= 1000 && found.length < openedConversations; page += 50) {
    const html = await readPage(target, { path: `/connexion?page=${page}`, cookie });
    const rows = html.split('<tr').filter((row) => !/^ class="[^"]*(?:unread|is-new)/u.test(row));
    found.push(...rows.flatMap((row) => /href="(\/connexion\/[0-9a-f-]{36}\?persona=[^"]+)"/u.exec(row)?.[1]?.replaceAll('&amp;', '&') ?? []));
  }
  if (found.length === 0) throw new Error('The list names no conversation that could be opened');
  return found.slice(0, openedConversations);
}

/** The bare hello, and what the pages ask of the database, alone. */
async function calibrate(bench: Bench, { pages, dataDir }: { pages: NamedPage[]; dataDir: string }): Promise<Calibration> {
  const { rounds, seconds } = bench.options;
  say('calibration: a bare hello');
  const hello = await measureHello(bench.bare, { rounds, seconds: seconds / 2 });
  if (pages.length === 0) return { hello, sql: {} };
  const databaseUrl = readFileSync(foldersIn(dataDir).url, 'utf8').trim();
  say('calibration: what the pages ask of the database is written down');
  const asked = await Promise.all(
    pages.map(async ({ name, address, paths }) => ({ name, cookie: await bench.sessions.of(address), paths: paths.slice(0, recordedPages) })),
  );
  const recorded = await recordPages({ dataDir, databaseUrl, pages: asked });
  const alone = await openAlone(databaseUrl, sqlConnections);
  const sql: Record<string, number> = {};
  for (const [name, statements] of recorded) {
    say(`calibration: the SQL of ${name} alone, ${statements[0]?.length} statements`);
    await alone.round(statements, seconds / 4);
    const rates = [];
    for (let n = 0; n < rounds; n++) rates.push((await alone.round(statements, seconds)).rps);
    sql[name] = Math.round(median(rates));
  }
  await alone.close();
  return { hello, sql };
}

function memoryOf(idle: Shares, loaded: Shares): Report['memory'] {
  const whole = (held: Shares) => ({ pli: Math.round(held.pli), postgres: Math.round(held.postgres) });
  const sum = (held: Shares) => Math.round(held.pli + held.postgres);
  return { idleMb: sum(idle), loadedMb: sum(loaded), idle: whole(idle), loaded: whole(loaded) };
}

/** How much of the processors' time other machines on the same one had: at a tenth, figures are those of a slower machine. */
function stolenSince(begun: Clock): number {
  const now = readClock();
  return Number(((now.stolen - begun.stolen) / Math.max(1, now.all - begun.all)).toFixed(3));
}

async function measureRows(bench: Bench, pages: NamedPage[]): Promise<Result[]> {
  const { rows } = bench.options;
  const results: Result[] = [];
  const add = (more: Result[]) => {
    for (const result of more) say(JSON.stringify(result));
    say(`memory: ${describeHeld(bench.watch.pssMb())}; the most so far: ${describeHeld(bench.watch.peakPssMb())}`);
    results.push(...more);
  };
  // What the calibration takes of PostgreSQL is not Pli's.
  bench.watch.forgetPeak();
  for (const page of pages) add(await measurePages(bench, [page]));
  if (rows.has('sign-in')) add(await measureSignIn(bench));
  if (rows.has('sign-in-overload'))
    add([await measureOverload(bench, results.find(({ name, connections }) => name === 'sign-in' && connections === 8)?.rps ?? 30)]);
  if (rows.has('post')) add(await measurePost(bench));
  if (rows.has('live')) add([await measureLive(bench)]);
  if (rows.has('download-100mb')) add(await measureDownload(bench));
  if (rows.has('upload-1gib')) add([await measureUpload(bench)]);
  return results;
}

async function weigh({ target, cast, sessions }: Bench): Promise<Report['pages']> {
  const cookie = await sessions.of(cast.long.address);
  const [conversation = ''] = await conversationsOf(cookie, target);
  const paths = {
    'front door': '/',
    'sign-in': '/ouvrir-une-session',
    'list-first': '/connexion',
    open: conversation,
    activities: conversation.replace('?', '/activites?'),
  };
  const weights: Report['pages'] = [];
  for (const [name, path] of Object.entries(paths)) weights.push(await weighPage(target, { name, path, cookie: path.startsWith('/connexion') ? cookie : '' }));
  return weights;
}

function describe({ scale }: Options): Pick<Report, 'machine' | 'at' | 'commit' | 'scale'> {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot(), encoding: 'utf8' }).trim();
  return { machine, at: new Date().toISOString(), commit, scale };
}

function diskOf({ databaseBytes, rows }: MadeData): Report['disk'] {
  return { databaseMb: Math.round(databaseBytes / 1e6), bytesPerMessage: Math.round(databaseBytes / (rows.messages ?? 1)) };
}

function dataOf({ seconds, rows }: MadeData): Report['data'] {
  const { conversations = 0, messages = 0, activities = 0, profiles: people = 0 } = rows;
  return { seconds, conversations, messages, activities, people };
}

function say(what: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${what}`);
}
