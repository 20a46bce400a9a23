import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { quietLog } from '../../../tests/support/quiet-log.ts';
import { changedSince, insertChange } from './changes.ts';
import { coalesced } from './coalesced.ts';
import { openRealtime, type Pace, type Realtime, type Told } from './open-realtime.ts';

/** So long that whatever is told in these tests was told by the line. */
const noPoll: Pace = { lineUpMs: 3_600_000, lineDownMs: 3_600_000 };
const marie = randomUUID();
const at = new Date('2015-02-02T20:14:18Z');

let database: ClonedDatabase;
const opened: Realtime[] = [];

beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(async () => {
  for (const realtime of opened.splice(0)) await realtime.close();
  await database.drop();
});

/** A process: what it was told. */
async function process(pace: Pace = noPoll) {
  const realtime = await openRealtime({ db: database.db, url: database.url, log: quietLog, pace });
  opened.push(realtime);
  const told: Told[] = [];
  realtime.listen((one) => told.push(one));
  return { realtime, told };
}

function change(subjectId = randomUUID()) {
  return { personaIds: [marie], kind: 'messages', subjectId } as const;
}

test('two processes on one database both tell their screens, each change once', async () => {
  const [one, other] = [await process(), await process()];
  const posted = change();
  await one.realtime.record(database.db, { ...posted, at });
  one.realtime.flush();
  await vi.waitFor(() => expect([one.told, other.told]).toEqual([[posted], [posted]]));
  const answered = change();
  await other.realtime.record(database.db, { ...answered, at });
  other.realtime.flush();
  await vi.waitFor(() =>
    expect([one.told, other.told]).toEqual([
      [posted, answered],
      [posted, answered],
    ]),
  );
});

test('a change that commits after a later one is not passed over', async () => {
  const { realtime, told } = await process();
  const [slow, quick, last] = [change(), change(), change()];
  await database.db.transaction().execute(async (transaction) => {
    await insertChange(transaction, { ...slow, at });
    await insertChange(database.db, { ...quick, at });
    realtime.flush();
    await vi.waitFor(() => expect(told).toEqual([quick]));
  });
  await insertChange(database.db, { ...last, at });
  realtime.flush();
  await vi.waitFor(() => expect(told).toEqual([quick, slow, last]));
});

test('a lost line comes back by itself, and tells what was said meanwhile', async () => {
  const { told } = await process();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pli-live' and datname = current_database()`.execute(database.db);
  const missed = change();
  await insertChange(database.db, { ...missed, at });
  await vi.waitFor(() => expect(told).toEqual([missed]), { timeout: 5_000 });
});

test('changes that nobody announces are found by the poll', async () => {
  const { told } = await process({ lineUpMs: 20, lineDownMs: 20 });
  const silent = change();
  await insertChange(database.db, { ...silent, at });
  await vi.waitFor(() => expect(told).toEqual([silent]));
});

test('of a hundred commits at once each is told once', async () => {
  const { realtime, told } = await process();
  await Promise.all(
    Array.from({ length: 100 }, async () => {
      await insertChange(database.db, { ...change(), at });
      realtime.flush();
    }),
  );
  await vi.waitFor(() => expect(told).toHaveLength(100));
});

test('a page that was being loaded learns what it missed, and only if it concerns its reader', async () => {
  await insertChange(database.db, { ...change(), at });
  const later = new Date(at.getTime() + 60_000);
  expect(await changedSince(database.db, { personaIds: [marie], since: at })).toBe(true);
  expect(await changedSince(database.db, { personaIds: [randomUUID()], since: at })).toBe(false);
  expect(await changedSince(database.db, { personaIds: [marie], since: later })).toBe(false);
});

test('work asked for often is done once at a time, and once more for what came meanwhile', async () => {
  let running = 0;
  let runs = 0;
  const work = coalesced(
    async () => {
      running += 1;
      expect(running).toBe(1);
      await pause(1);
      running -= 1;
      runs += 1;
    },
    { gapMs: 1 },
  );
  for (let n = 0; n < 50; n++) work.ask();
  await vi.waitFor(() => expect(runs).toBe(2));
  await work.stop();
  work.ask();
  expect([runs, running]).toEqual([2, 0]);
});
