import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import type { Log } from '../log/log.ts';
import { mayDestroyNow, noteTick } from './trusted-clock.ts';

const [minute, hour] = [60_000, 3_600_000];
let database: ClonedDatabase;
let steady: number;
let clock: number;
let said: string[];

beforeEach(async () => {
  database = await cloneDatabase();
  said = [];
  steady = performance.now();
  clock = Date.now();
  vi.spyOn(performance, 'now').mockImplementation(() => steady);
  const row = { demonstration: false, created_at: new Date(clock), last_tick_at: new Date(clock) };
  await database.db.insertInto('installation').values(row).execute();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.drop();
});

const log: Log = { info: () => undefined, warn: (_, text) => said.push(text), error: (_, text) => said.push(text) };
/** The database's own clock does not move with the test: the difference is another rule's. */
const may = () => mayDestroyNow({ db: database.db, now: () => new Date(clock), log }, () => new Date());

function pass(ms: number, leap = 0): void {
  steady += ms;
  clock += ms + leap;
}

test('time that passes is believed; a leap of an hour once it has lasted an hour', async () => {
  expect(await may()).toBe(true);
  pass(2 * hour);
  expect(await may()).toBe(true);
  pass(15_000, hour);
  expect(await may()).toBe(false);
  pass(59 * minute);
  expect(await may()).toBe(false);
  pass(2 * minute);
  expect(await may()).toBe(true);
  expect(said).toHaveLength(1);
});

test('a leap that is put right within the hour leaves nothing to wait for', async () => {
  expect(await may()).toBe(true);
  pass(15_000, hour);
  expect(await may()).toBe(false);
  pass(15_000, -hour);
  expect(await may()).toBe(true);
});

test('less than half an hour is no leap; more than 48 h since the last sweep is held for a person, even once it is put right', async () => {
  expect(await may()).toBe(true);
  pass(15_000, 20 * minute);
  expect(await may()).toBe(true);
  await noteTick(database.db, new Date(clock));
  pass(15_000, 49 * hour);
  expect(await may()).toBe(false);
  pass(15_000, -49 * hour);
  expect(await may()).toBe(false);
  expect(await database.db.selectFrom('installation').select('keys_held_reason').executeTakeFirst()).toEqual({ keys_held_reason: 'clock-advanced' });
});

test('time going back is no tick: a leap forward again is measured from the last one', async () => {
  const at = new Date(clock);
  await noteTick(database.db, new Date(clock - hour));
  expect(await database.db.selectFrom('installation').select('last_tick_at').executeTakeFirst()).toEqual({ last_tick_at: at });
});
