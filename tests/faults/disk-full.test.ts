import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serverProcesses } from '../machine/processes.ts';
import { type Correspondent, correspondent } from '../support/correspondent.ts';
import { pliCommand } from '../support/pli-command.ts';
import { newDataFolder, removeFolder, type StartedPli, type StartOptions, startPli } from '../support/started-pli.ts';
import { webVisitor } from '../support/web-visitor.ts';
import { booksOf, compare, distinctFiles, findPosts } from './ledger.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';
import { type TightDisk, tightDisk } from './tight-disk.ts';

const probe = tightDisk(1);
probe?.remove();
if (!probe) process.stderr.write('This account may not mount a disk: the tests of full disks are skipped\n');

const rounds = atScale({ short: 1, ordinary: 3, long: 20 });
const withinMs = 30_000;
let disk: TightDisk;
let dataDir: string;
let pli: StartedPli | undefined;

beforeEach(() => {
  dataDir = newDataFolder();
});
afterEach(async () => {
  await pli?.stop('SIGKILL');
  await vi.waitFor(() => expect(pli && serverProcesses(pli.dataDir)).toEqual([]), 20_000);
  disk.remove();
  removeFolder(dataDir);
});

async function start(megabytes: number, options: (folder: string) => StartOptions): Promise<StartedPli> {
  const mounted = tightDisk(megabytes);
  if (!mounted) throw new Error('The disk could not be mounted any more');
  disk = mounted;
  pli = await startPli({ dataDir, env: { PLI_DEMO: 'on' }, ...options(mounted.folder) });
  return pli;
}

const file = (bytes: number) => new File([randomBytes(bytes)], 'relevé.bin');
const statusOf = (asked: Promise<Response>) => asked.then((answer) => answer.status);

/** How long until this is answered as it should be; milliseconds. */
async function until(works: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  await vi.waitFor(async () => expect(await works()).toBe(true), { timeout: withinMs, interval: 50 });
  return performance.now() - begun;
}

/** Somebody posts with that file; the status and what the page says. */
async function refusal(person: Correspondent, page: string, joined: File | undefined, text = 'Voici le relevé.') {
  const form = new FormData();
  form.set('message', text);
  form.set('cle', randomUUID());
  if (joined) form.set('fichiers', joined);
  const answer = await person.post(page.replace(/#.*$/u, '').replace('?', '/messages?'), form);
  return { status: answer.status, html: await answer.text() };
}

describe.skipIf(!probe)('a disk without room', () => {
  test(
    'for files: 507 and what to do, the text is kept; messages and reading go on; with room again files are taken again',
    async () => {
      const running = await start(12, (folder) => ({ env: { PLI_DEMO: 'on', PLI_STORAGE: `file:${join(folder, 'files')}` } }));
      const marie = await correspondent(running.url, 'marie.unetelle@innovactione.example');
      const page = await marie.startsWith('jeand@courriel.example', 'Un disque plein');
      const { fileOf, keyOf } = distinctFiles();
      const keys = Array.from({ length: 4 }, () => randomUUID());
      for (const key of keys) expect(await marie.posts(page, 'Avant', key, fileOf(key))).toBe(303);
      const recoveries: number[] = [];
      let refused = 0;
      for (let round = 0; round < rounds; round += 1) {
        disk.fill();
        const { status, html } = await refusal(marie, page, file(100_000));
        expect(status).toBe(507);
        expect(parse(html).querySelector('[role=alert]')?.text.replaceAll(/\s/gu, ' ')).toContain('plus de place pour les documents');
        expect(parse(html).querySelector('[name=message]')?.text).toContain('Voici le relevé.');
        refused += 1;
        const tus = { 'tus-resumable': '1.0.0', 'upload-length': '300000', 'upload-metadata': `filename ${btoa('a.bin')}` };
        expect(await statusOf(marie.ask('/uploads', { method: 'POST', headers: tus }))).toBe(507);
        expect(await marie.posts(page, 'Sans document')).toBe(303);
        expect(await statusOf(marie.get('/connexion'))).toBe(200);
        expect(await statusOf(marie.get(page))).toBe(200);
        disk.free();
        const key = randomUUID();
        recoveries.push(await until(async () => (await marie.posts(page, 'Après', key, fileOf(key))) === 303));
        keys.push(key);
      }
      const books = booksOf(dataDir);
      const check = async () => compare(keys, await findPosts(books, [{ page, reader: marie }], keyOf));
      const controls = [
        {
          broken: 'a post that was refused taken for acknowledged',
          expected: 1,
          seen: compare([...keys, 'refused'], new Map(keys.map((key) => [key, 1]))).lost,
        },
      ];
      const of = `${keys.length} posts, ${refused} refused`;
      conclude({ fault: 'disk full: files', rounds, ...(await check()), recoveries, withinMs, of, controls });
    },
    patience,
  );

  test(
    'for the database: 503 and what to do; reading goes on while it has room for its journal; with room again Pli writes by itself',
    async () => {
      const running = await start(500, (folder) => {
        const kept = join(dataDir, '..');
        return { dataDir: join(folder, 'data'), env: { PLI_DEMO: 'on', PLI_STORAGE: `file:${join(kept, 'files')}`, PLI_KEYRING: join(kept, 'keys') } };
      });
      const marie = await correspondent(running.url, 'marie.unetelle@innovactione.example');
      const page = await marie.startsWith('jeand@courriel.example', 'Une base pleine');
      const books = booksOf(running.dataDir);
      const acknowledged: string[] = [];
      const post = async (text: string) => {
        const key = randomUUID();
        const status = await marie.posts(page, text, key);
        if (status === 303) acknowledged.push(key);
        return status;
      };
      expect(await post('Avant')).toBe(303);
      const recoveries: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        disk.fill();
        const seen = new Set<number>();
        for (let tries = 0; tries < 8; tries += 1) {
          seen.add(await post('é'.repeat(20_000)));
          expect(await statusOf(marie.get('/connexion'))).toBe(200);
          expect(await statusOf(marie.get(page))).toBe(200);
        }
        expect([...seen].filter((status) => status !== 303)).toEqual([503]);
        expect((await refusal(marie, page, undefined, 'é'.repeat(20_000))).html).toContain('Ce qui a été accepté est gardé');
        // Its journal cannot grow either: it stops, and everybody is told, until there is room.
        await books.query('select pg_switch_wal(), txid_current()').catch(() => undefined);
        for (let n = 0; n < 3; n += 1) await books.query('select pg_switch_wal(), txid_current()').catch(() => undefined);
        await vi.waitFor(async () => expect(await statusOf(marie.get('/connexion'))).toBe(503), 20_000);
        disk.free();
        recoveries.push(await until(async () => (await post('Après')) === 303));
      }
      const rows = await books.query<{ key: string }>('select post_key as key from messages where post_key is not null');
      const written = new Map(rows.map(({ key }) => [key, 1]));
      const controls = [
        { broken: 'a post that was refused taken for acknowledged', expected: 1, seen: compare([...acknowledged, randomUUID()], written).lost },
      ];
      const { lost, duplicated } = compare(acknowledged, written);
      conclude({ fault: 'disk full: database', rounds, lost, duplicated, recoveries, withinMs, of: `${acknowledged.length} posts`, controls });
    },
    patience,
  );

  test(
    'for the log: nobody notices; with room again what happens is written down again',
    async () => {
      const admin = pliCommand({ PLI_DATA: dataDir, PLI_DEMO: 'off' });
      const options = ['--organisation', 'Innovactione', '--slug', 'innovactione', '--zone', 'America/Toronto', '--name', 'Alain Gagnon'];
      const init = admin.run('init', ...options, '--address', 'alain.gagnon@innovactione.example');
      const invitation = /\/invitation\/[\w-]{43}/u.exec(init.stdout)?.[0] ?? '';
      const running = await start(4, (folder) => ({ env: { LOG: join(folder, 'pli.log') }, before: ['sh', '-c', 'exec "$@" 2>>"$LOG"', 'sh'] }));
      const log = join(disk.folder, 'pli.log');
      const alain = webVisitor(running.url);
      const recoveries: number[] = [];
      let [asked, failed] = [0, 0];
      const ask = async (answer: Promise<Response>, wanted: number) => {
        asked += 1;
        if ((await statusOf(answer)) !== wanted) failed += 1;
      };
      for (let round = 0; round < rounds; round += 1) {
        disk.fill();
        for (let n = 0; n < 100; n += 1) await ask(alain.get('/aide'), 200);
        if (round === 0) await ask(alain.post(invitation, { 'mot-de-passe': 'Quatre-vents 38 sous la pluie' }), 303);
        await ask(alain.get('/connexion'), 200);
        expect(statSync(log).size % 4096).toBe(0); // It stopped at the end of a page of the disk.
        disk.free();
        const mark = `/aide/${randomUUID()}`;
        recoveries.push(
          await until(async () => {
            await alain.get(mark);
            return readFileSync(log, 'utf8').trimEnd().split('\n').at(-1)?.endsWith('}') === true && statSync(log).size % 4096 > 0;
          }),
        );
      }
      const controls = [
        { broken: 'an answer that never came', expected: 1, seen: (await statusOf(fetch('http://127.0.0.1:1/')).catch(() => 0)) === 0 ? 1 : 0 },
      ];
      conclude({ fault: 'disk full: log', rounds, lost: failed, recoveries, withinMs, of: `${asked} requests`, controls });
    },
    patience,
  );
});
