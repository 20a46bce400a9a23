import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { migrate } from './migrate.ts';

let database: ClonedDatabase;
let folder: string;
beforeEach(async () => {
  database = await cloneDatabase();
  await database.pool.query('drop table schema_migrations');
  folder = mkdtempSync(join(tmpdir(), 'pli-migrations-'));
  writeFileSync(join(folder, '0001-first.sql'), 'create table first (id int)');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

test('migrations are applied once, in order, even by two at a time', async () => {
  writeFileSync(join(folder, '0002-second.sql'), 'alter table first add column name text');
  const [one, other] = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
  expect([...one, ...other]).toEqual(['0001-first', '0002-second']);
});

test('a migration that changed since it was applied is refused', async () => {
  await migrate(database.url, folder);
  writeFileSync(join(folder, '0001-first.sql'), 'create table first (id int8)');
  await expect(migrate(database.url, folder)).rejects.toThrow('0001-first is no longer the one that was applied');
});

test('a database opened by a newer Pli is refused', async () => {
  await migrate(database.url, folder);
  rmSync(join(folder, '0001-first.sql'));
  await expect(migrate(database.url, folder)).rejects.toThrow('a newer Pli has opened it');
});

test('a migration that fails leaves nothing behind', async () => {
  writeFileSync(join(folder, '0002-second.sql'), 'create table second (id int); select absent from nowhere');
  await expect(migrate(database.url, folder)).rejects.toThrow('0002-second failed');
  const { rows } = await database.pool.query("select to_regclass('first')::text as first, to_regclass('second')::text as second");
  expect(rows).toEqual([{ first: 'first', second: null }]);
});
