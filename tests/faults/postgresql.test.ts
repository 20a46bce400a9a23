import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { postmasterOf, serverProcesses } from '../machine/processes.ts';
import { type Correspondent, correspondent } from '../support/correspondent.ts';
import { type DebianPostgres, makePostgres, makeStandby } from '../support/debian-postgres.ts';
import { keepPosting } from '../support/keep-posting.ts';
import { postgresql15Missing } from '../support/postgresql-15.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { type Books, booksOf, compare, distinctFiles, findOrphans, findPosts } from './ledger.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

if (postgresql15Missing) process.stderr.write(`${postgresql15Missing}: a primary that dies is skipped (npm test -- --peers installs it)\n`);

const kills = atScale({ short: 2, ordinary: 20, long: 200 });
const failovers = atScale({ short: 1, ordinary: 3, long: 20 });
const writingAgainMs = 10_000;
const jean = 'jeand@courriel.example';
let dataDir: string;
let pli: StartedPli;

beforeEach(() => {
  dataDir = newDataFolder();
});
afterEach(async () => {
  await pli?.stop('SIGKILL');
  await vi.waitFor(() => expect(serverProcesses(dataDir)).toEqual([]), 20_000);
  removeFolder(dataDir);
});

/** Marie and a second window of hers, who post files without a pause. */
function post(marie: Correspondent, page: string, files: ReturnType<typeof distinctFiles>) {
  const writers = [1, 2].map(() => keepPosting(marie, page, { file: files.fileOf, outlasts: true }));
  const acknowledged = () => writers.flatMap((writer) => writer.acknowledged);
  return {
    acknowledged,
    more: (than: number) => vi.waitFor(() => expect(acknowledged().length).toBeGreaterThan(than), { timeout: 30_000, interval: 10 }),
    stop: () => Promise.all(writers.map((writer) => writer.stop())),
    refused: () => writers.flatMap((writer) => writer.refused).length,
  };
}

test(
  'PostgreSQL killed while people post files: nothing acknowledged is lost or doubled, no byte without an owner, writing again within 10 s',
  async () => {
    pli = await startPli({ dataDir, env: { PLI_DEMO: 'on' } });
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const page = await marie.startsWith(jean, 'Une base qui tombe');
    const files = distinctFiles();
    const writing = post(marie, page, files);
    const recoveries: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await writing.more(writing.acknowledged().length + 5);
      process.kill(postmasterOf(dataDir), 'SIGKILL');
      const at = performance.now();
      const refused = writing.refused();
      await vi.waitFor(() => expect(writing.refused()).toBeGreaterThan(refused), { timeout: 20_000, interval: 2 });
      await writing.more(writing.acknowledged().length);
      recoveries.push(performance.now() - at);
    }
    await writing.stop();
    const books = booksOf(dataDir);
    const check = async () => compare(writing.acknowledged(), await findPosts(books, [{ page, reader: marie }], files.keyOf));
    const figures = { ...(await check()), orphans: (await findOrphans(books, pli)).length };
    await books.query(`delete from attachments where id in (select id from attachments where message_id in
    (select id from messages where post_key = '${writing.acknowledged()[0]}'))`);
    const controls = [{ broken: 'a row removed behind Pli', expected: 1, seen: (await check()).lost - figures.lost }];
    const of = `${writing.acknowledged().length} posts`;
    conclude({ fault: 'PostgreSQL killed', rounds: kills, ...figures, recoveries, withinMs: writingAgainMs, of, controls });
  },
  patience,
);

describe.skipIf(postgresql15Missing !== undefined)("Debian's PostgreSQL 15, a primary and its standby", () => {
  test(
    'the primary killed and its synchronous standby promoted: nothing acknowledged is lost or doubled, writing again within 10 s',
    async () => {
      const figures = { lost: 0, duplicated: 0, orphans: 0 };
      const recoveries: number[] = [];
      let posts = 0;
      for (let round = 0; round < failovers; round += 1) {
        const found = await failOver({ synchronous: true });
        for (const name of ['lost', 'duplicated', 'orphans'] as const) figures[name] += found[name];
        recoveries.push(found.ms);
        posts += found.posts;
      }
      const asynchronous = await failOver({ synchronous: false });
      const controls = [{ broken: 'a standby that nobody waits for', expected: 'some', seen: asynchronous.lost } as const];
      const of = `${posts} posts`;
      conclude({ fault: 'PostgreSQL: standby promoted', rounds: failovers, ...figures, recoveries, withinMs: writingAgainMs, of, controls });
    },
    patience,
  );
});

async function failOver({ synchronous }: { synchronous: boolean }) {
  const primary = await makePostgres();
  const standby = await makeStandby(primary, 'second');
  const folder = newDataFolder();
  try {
    if (synchronous) await primary.administer(`alter system set synchronous_standby_names = 'second'`);
    await primary.administer('select pg_reload_conf()');
    const url = `postgres://pli:${primary.password}@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/pli?target_session_attrs=read-write`;
    pli = await startPli({ dataDir: folder, env: { PLI_DEMO: 'on', DATABASE_URL: url, PLI_KEYRING: join(folder, '..', 'keys') } });
    return await promoteUnderLoad({ primary, standby, synchronous });
  } finally {
    await pli.stop('SIGKILL');
    await Promise.all([primary.remove(), standby.remove()]);
    removeFolder(folder);
  }
}

async function promoteUnderLoad({ primary, standby, synchronous }: { primary: DebianPostgres; standby: DebianPostgres; synchronous: boolean }) {
  const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
  const page = await marie.startsWith(jean, 'Une base qui change de machine');
  const files = distinctFiles();
  const writing = post(marie, page, files);
  await writing.more(10);
  if (!synchronous) {
    standby.freeze();
    await primary.administer('select pg_terminate_backend(pid) from pg_stat_replication');
    await writing.more(writing.acknowledged().length + 10);
  }
  const refused = writing.refused();
  await primary.stop('kill');
  await vi.waitFor(() => expect(writing.refused()).toBeGreaterThan(refused), { timeout: 20_000, interval: 10 });
  if (!synchronous) standby.thaw();
  standby.promote();
  const at = performance.now();
  await writing.more(writing.acknowledged().length);
  const ms = performance.now() - at;
  await writing.more(writing.acknowledged().length + 5);
  await writing.stop();
  const books: Books = { query: (statement) => standby.administer(statement, 'pli') };
  const found = compare(writing.acknowledged(), await findPosts(books, [{ page, reader: marie }], files.keyOf));
  const orphans = synchronous ? (await findOrphans(books, pli)).length : 0;
  return { ...found, orphans, ms, posts: writing.acknowledged().length };
}
