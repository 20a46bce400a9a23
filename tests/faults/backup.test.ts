import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { correspondent } from '../support/correspondent.ts';
import { keepPosting } from '../support/keep-posting.ts';
import { mailsTo } from '../support/outbox.ts';
import { pliCommand } from '../support/pli-command.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { type Books, blobsIn, booksOf, compare, distinctFiles, findOrphans, findPosts } from './ledger.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const posts = atScale({ short: 40, ordinary: 500, long: 5_000 });
const jean = 'jeand@courriel.example';
const env = { PLI_DEMO: 'on' };
let dataDir: string;
let started: StartedPli[];

beforeEach(() => {
  dataDir = newDataFolder();
  started = [];
});
afterEach(async () => {
  for (const pli of started) await pli.stop('SIGKILL');
  removeFolder(dataDir);
});

async function start(folder: string): Promise<StartedPli> {
  const pli = await startPli({ dataDir: folder, env });
  started.push(pli);
  return pli;
}

/** A command of `bin/pli`, while people go on posting. */
async function run(folder: string, ...args: string[]): Promise<number> {
  const child = pliCommand({ PLI_DATA: folder, ...env, PLI_KEYS_PASSPHRASE: 'neuf hirondelles au dessus du canal' }).start(...args);
  const [code] = await once(child, 'exit');
  return Number(code);
}

/** Mails that left since that instant. */
async function sentSince(books: Books, at: Date): Promise<number> {
  const rows = await books.query<{ count: number }>(`select count(*)::int as count from outgoing_mails where sent_at >= '${at.toISOString()}'`);
  return rows[0]?.count ?? 0;
}

test(
  'a backup taken while people post, restored elsewhere: every file is what it was, and nobody is told again',
  async () => {
    const pli = await start(dataDir);
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const page = await marie.startsWith(jean, 'Une sauvegarde');
    const { fileOf, keyOf } = distinctFiles();
    const writers = [1, 2].map(() => keepPosting(marie, page, { file: fileOf }));
    const acknowledged = () => writers.flatMap((writer) => writer.acknowledged);
    await vi.waitFor(() => expect(acknowledged().length).toBeGreaterThanOrEqual(posts), { timeout: patience / 2, interval: 50 });
    const before = acknowledged();
    const [content, keys, elsewhere] = ['backup', 'keys-copy', join('elsewhere', 'data')].map((name) => join(dataDir, '..', name)) as [string, string, string];
    expect(await run(dataDir, 'backup', content)).toBe(0);
    expect(await run(dataDir, 'backup', '--keys', keys)).toBe(0);
    await Promise.all(writers.map((writer) => writer.stop()));
    await pli.stop();

    const restoredAt = new Date();
    const begun = performance.now();
    expect(await run(elsewhere, 'restore', content, '--keys', keys)).toBe(0);
    const restored = await start(elsewhere);
    const recoveries = [performance.now() - begun];
    const reader = await correspondent(restored.url, 'marie.unetelle@innovactione.example');
    const books = booksOf(elsewhere);
    const check = async () => compare(before, await findPosts(books, [{ page, reader }], keyOf));
    const found = await check();
    const orphans = (await findOrphans(books, restored)).length;
    const told = await sentSince(books, restoredAt);
    expect(await reader.posts(page, 'Après')).toBe(303);
    await vi.waitFor(async () => expect(await sentSince(books, restoredAt)).toBeGreaterThan(told), 20_000);
    const seenMail = (await sentSince(books, restoredAt)) - told;
    const owned = await books.query<{ id: string }>(
      `select blob_id as id from attachments a join messages m on m.id = a.message_id where m.post_key = '${before[0]}'`,
    );
    const files = join(elsewhere, 'files');
    for (const name of blobsIn(files).filter((blob) => blob === owned[0]?.id)) rmSync(join(files, name.slice(-2), name));
    const controls = [
      { broken: 'a file removed after the restore', expected: 1, seen: (await check()).lost - found.lost },
      { broken: 'a notice that leaves after the restore', expected: 1, seen: seenMail },
    ];
    expect((await mailsTo(restored.url, jean)).length).toBeGreaterThan(0);
    const of = `${before.length} files`;
    conclude({ fault: 'backup, restore', rounds: 1, ...found, duplicated: found.duplicated + told, orphans, recoveries, withinMs: patience, of, controls });
  },
  patience,
);
