import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartRefused } from '#platform/start-refused.ts';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { prepareInstallation } from './api.ts';

const now = new Date('2026-11-20T15:00:00Z');
let database: ClonedDatabase;

beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(() => database.drop());

const prepare = (demonstration: boolean) => prepareInstallation(database.db, { demonstration, now });

test('an empty database is marked once, by two processes that start together', async () => {
  await Promise.all([prepare(true), prepare(true)]);
  const rows = await database.db.selectFrom('installation').select('demonstration').execute();
  expect(rows).toEqual([{ demonstration: true }]);
});

test('a demonstration does not start with the demonstration off, and says why in both languages', async () => {
  await prepare(true);
  await expect(prepare(false)).rejects.toThrow(StartRefused);
  await expect(prepare(false)).rejects.toThrow(/démonstration.*\n.*demonstration/);
});

test('a real installation never becomes a demonstration', async () => {
  await prepare(false);
  await prepare(false);
  await expect(prepare(true)).rejects.toThrow(StartRefused);
});

test('an unmarked database that holds something never becomes one either', async () => {
  await database.db
    .insertInto('personas')
    .values({ id: '01985c1a-0000-7000-8000-000000000001', address: 'jeand@courriel.example', address_key: 'jeand@courriel.example', created_at: now })
    .execute();
  await expect(prepare(true)).rejects.toThrow(StartRefused);
  await prepare(false);
});
