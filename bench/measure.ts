import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { projectRoot } from '../src/platform/project-root.ts';
import { newDataFolder, removeFolder, startPli } from '../tests/support/started-pli.ts';
import { postBigFile } from './big-file.ts';
import { measureLive } from './live.ts';
import { get, load } from './load.ts';
import { measureLongList } from './long-list.ts';
import { type Resumable, sendResumable } from './resumable.ts';
import { signIn } from './visit.ts';

const seconds = 5;
const env = { PLI_DEMO: 'on' };
const dataDir = newDataFolder();

const first = await startPli({ dataDir, env });
await first.stop();
const pli = await startPli({ dataDir, env });
try {
  const results = await measure();
  const report = { machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}`, at: new Date().toISOString(), commit: commit(), ...results };
  mkdirSync(join(projectRoot(), 'bench', 'results'), { recursive: true });
  writeFileSync(join(projectRoot(), 'bench', 'results', 'latest.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  console.table(results.results);
  console.table(results.pages);
  console.log(`first start ${report.starts.firstMs} ms, warm start ${report.starts.warmMs} ms`);
  console.log(`1 GiB by multipart: ${JSON.stringify(report.bigFile)}`);
  console.log(`1 GiB by tus, beside a bare sink: ${JSON.stringify(report.resumable)}`);
} finally {
  await pli.stop();
  removeFolder(dataDir);
}

async function measure() {
  const jean = await signIn(pli.url, 'jeand@courriel.example');
  const list = parse(await jean.page('/connexion'));
  // The longest conversation of the list's first page that shows messages: what a person sees, five opened messages or envelopes.
  const open = list.querySelectorAll('.ttl').map((link) => link.getAttribute('href')?.replaceAll('&amp;', '&') ?? '')[5] ?? '';
  const headers = { cookie: jean.cookie, 'accept-language': 'fr-CA', 'accept-encoding': 'gzip' };
  const asked = [
    { name: 'list-first', url: `${pli.url}/connexion` },
    { name: 'list-last', url: `${pli.url}/connexion?page=5` },
    { name: 'open', url: pli.url + open },
  ];
  await load({ url: `${pli.url}/connexion`, headers }, { connections: 8, seconds: 3 });
  const results = [];
  for (const { name, url } of asked) {
    for (const connections of [1, 8, 32]) results.push({ name, connections, ...(await load({ url, headers }, { connections, seconds })) });
  }
  const marie = await signIn(pli.url, 'marie.unetelle@innovactione.example');
  const live = await measureLive({ url: pli.url, writer: marie, reader: jean, to: 'jeand@courriel.example' });
  const resumable = await sendResumable({ url: pli.url, cookie: marie.cookie, pid: serverPid(), folder: dataDir });
  const pages = await Promise.all(
    asked.slice(0, 3).map(async ({ name, url }) => ({ name, htmlGz: (await get({ url, headers })).bytes, ...(await firstLoad(url, headers)) })),
  );
  const longList = await measureLongList({ url: pli.url, dataDir, owner: 'jeand@courriel.example', headers });
  return {
    starts: { firstMs: Math.round(first.readyAfterMs), warmMs: Math.round(pli.readyAfterMs) },
    results: [...results, ...longList, live, uploadResult(resumable)],
    pages,
    bigFile: await sendBigFile(),
    resumable,
  };
}

/** Everything a browser fetches the first time it opens a page: the page, its sheet, its script, its font, its icon. */
async function firstLoad(url: string, headers: Record<string, string>) {
  const html = await (await fetch(url, { headers: { cookie: headers.cookie ?? '' } })).text();
  const addresses = new Set([...html.matchAll(/(?:href|src)="(\/statique\/[^"]+)"/gu)].map((match) => match[1] ?? ''));
  const parts = await Promise.all([...addresses].map((address) => get({ url: pli.url + address, headers: { 'accept-encoding': 'br' } })));
  const page = await get({ url, headers });
  return { firstLoadBytes: page.bytes + parts.reduce((sum, part) => sum + part.bytes, 0), requests: 1 + parts.length };
}

/** `ratio` is to a bare `node:http` that writes and syncs each part, measured just before. */
function uploadResult({ mbPerS, ratio, peakRssMb }: Resumable) {
  return { name: 'upload-1gib', connections: 1, mbPerS, ratio, peakRssMb };
}

async function sendBigFile() {
  const marie = await signIn(pli.url, 'marie.unetelle@innovactione.example');
  const form = parse(await marie.page('/connexion/nouvelle'));
  const titulaire = form.querySelector('#titulaire option')?.getAttribute('value') ?? '';
  const fields = { titulaire, titre: 'Gros fichier', participants: 'jeand@courriel.example', message: 'Voici.', cle: crypto.randomUUID() };
  return postBigFile({ url: pli.url, path: '/connexion/nouvelle', cookie: marie.cookie, fields, pid: serverPid() });
}

/** The process that serves: the launcher's child. */
function serverPid(): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  const found = children.find((pid) => {
    try {
      return new RegExp(`PPid:\\s+${pli.launcher.pid}\\b`, 'u').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
  return Number(found ?? pli.launcher.pid);
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot(), encoding: 'utf8' }).trim();
}
