import { randomInt, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { descendantsOf, killAtOnce, serverProcesses } from '../machine/processes.ts';
import { type Correspondent, correspondent } from '../support/correspondent.ts';
import { keepPosting } from '../support/keep-posting.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { booksOf, compare, distinctFiles, findOrphans, findPosts } from './ledger.ts';
import { type Control, conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const rounds = atScale({ short: 8, ordinary: 50, long: 500 });
const servingAgainMs = 3_000;
const env = { PLI_DEMO: 'on' };
let dataDir: string;
let pli: StartedPli;

beforeEach(async () => {
  dataDir = newDataFolder();
  pli = await startPli({ dataDir, env });
});
afterEach(async () => {
  await pli.stop('SIGKILL');
  await vi.waitFor(() => expect(serverProcesses(dataDir)).toEqual([]), 20_000);
  removeFolder(dataDir);
});

/** The whole program dies: its launcher, all its processes, and every other time its PostgreSQL too. Then it is started again, as before. */
async function killAndStartAgain(round: number): Promise<number> {
  const launcher = pli.launcher.pid ?? 0;
  const server = new Set(round % 2 === 0 ? serverProcesses(dataDir) : []);
  const program = descendantsOf(launcher).filter((pid) => !serverProcesses(dataDir).includes(pid));
  killAtOnce([launcher, ...program, ...server]);
  await pli.stop();
  pli = await startPli({ dataDir, port: pli.port, env });
  return pli.readyAfterMs;
}

test(
  'Pli killed at random moments while people post files: nothing acknowledged is lost or doubled, no byte is left without an owner, and it serves again within 3 s',
  async () => {
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const paul = await correspondent(pli.url, 'paul.tremblay@innovactione.example');
    const { fileOf, keyOf } = distinctFiles();
    const conversations = await Promise.all(
      [marie, paul].map(async (reader) => ({ reader, page: await reader.startsWith('jeand@courriel.example', 'Un Pli qui tombe') })),
    );
    const writers = [...conversations, ...conversations].map(({ reader, page }) => keepPosting(reader, page, { file: fileOf, outlasts: true }));
    const acknowledged = () => writers.flatMap((writer) => writer.acknowledged);
    const recoveries: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = acknowledged().length;
      await vi.waitFor(() => expect(acknowledged().length).toBeGreaterThan(before + 3), { timeout: 20_000, interval: 5 });
      await pause(randomInt(400));
      recoveries.push(await killAndStartAgain(round));
    }
    await Promise.all(writers.map((writer) => writer.stop()));
    const books = booksOf(dataDir);
    const check = async () => compare(acknowledged(), await findPosts(books, conversations, keyOf));
    const figures = { ...(await check()), orphans: (await findOrphans(books, pli)).length };
    const of = `${acknowledged().length} posts`;
    const liar = await lostByLiar(marie, fileOf, keyOf);
    const doubled = await doubledByClient(marie, fileOf, keyOf);
    const strangers = await orphanSeen();
    await removeOne(conversations[0]?.page ?? '');
    const controls: Control[] = [
      { broken: 'a client that takes what it has sent for acknowledged', expected: 'some', seen: liar },
      { broken: 'a client that sends again under another key', expected: 1, seen: doubled },
      { broken: 'a file laid among the others', expected: 1, seen: strangers },
      { broken: 'a file removed behind Pli', expected: 1, seen: (await check()).lost - figures.lost },
    ];
    conclude({ fault: 'kill -9 of Pli', rounds, ...figures, recoveries, withinMs: servingAgainMs, of, controls });
  },
  patience,
);

type Files = ReturnType<typeof distinctFiles>;

async function lostByLiar(marie: Correspondent, fileOf: Files['fileOf'], keyOf: Files['keyOf']): Promise<number> {
  const page = await marie.startsWith('jeand@courriel.example', 'Crus sur parole');
  const keys: string[] = [];
  let on = true;
  const writing = (async () => {
    while (on) {
      const key = randomUUID();
      keys.push(key);
      await marie.posts(page, 'Envoyé', key, fileOf(key)).catch(() => pause(20));
    }
  })();
  await pause(200);
  await killAndStartAgain(0);
  on = false;
  await writing;
  return compare(keys, await findPosts(booksOf(dataDir), [{ page, reader: marie }], keyOf)).lost;
}

async function doubledByClient(marie: Correspondent, fileOf: Files['fileOf'], keyOf: Files['keyOf']): Promise<number> {
  const page = await marie.startsWith('jeand@courriel.example', 'Deux fois');
  const key = randomUUID();
  for (const each of [key, randomUUID()]) expect(await marie.posts(page, 'Encore', each, fileOf(key))).toBe(303);
  return compare([key], await findPosts(booksOf(dataDir), [{ page, reader: marie }], keyOf)).duplicated;
}

async function orphanSeen(): Promise<number> {
  const id = randomUUID();
  writeFileSync(join(dataDir, 'files', id), 'à personne');
  const seen = (await findOrphans(booksOf(dataDir), pli)).length;
  rmSync(join(dataDir, 'files', id));
  return seen;
}

async function removeOne(page: string): Promise<void> {
  const id = /\/connexion\/([\w-]+)/u.exec(page)?.[1] ?? '';
  const [row] = await booksOf(dataDir).query<{ id: string }>(`select blob_id as id from attachments where conversation_id = '${id}' limit 1`);
  rmSync(join(dataDir, 'files', row?.id.slice(-2) ?? '', row?.id ?? ''));
}
