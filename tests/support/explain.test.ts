import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from './database.ts';
import { analyse, assertReadsByIndex, explain } from './explain.ts';

let database: ClonedDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
  await sql`insert into budgets (key, taken_at, forget_at)
    select 'key-' || n, '{}', timestamptz '2026-11-21 12:00Z' + n * interval '1 second' from generate_series(1, 20000) n`.execute(database.db);
  await analyse(database.db, 'budgets');
});

afterAll(() => database.drop());

test('a query that follows an index is told from one that reads or sorts the whole table', async () => {
  const query = database.db.selectFrom('budgets').select('key').limit(10);
  const byIndex = await explain(database.db, query.where('forget_at', '<=', new Date()).orderBy('forget_at'));
  expect(byIndex).toMatchObject({ indexes: ['budgets_by_forget'], seqScans: [], sorts: [] });
  assertReadsByIndex(byIndex, 'budgets_by_forget');
  const whole = await explain(database.db, query.orderBy('taken_at'));
  expect(whole).toMatchObject({ seqScans: ['budgets'], sorts: ['taken_at'] });
  expect(() => assertReadsByIndex(whole, 'budgets_by_forget')).toThrow(/does not use budgets_by_forget, reads budgets whole, sorts everything by taken_at/);
});

test('a partial index does not serve a prepared statement whose predicate is a parameter', async () => {
  await sql`create index budgets_spent on budgets (key) where taken_at = '{}'`.execute(database.db);
  const literal = sql`select key from budgets where taken_at = '{}' order by key limit 1`;
  const parameter = sql`select key from budgets where taken_at = ${[]} order by key limit 1`;
  expect((await explain(database.db, literal)).indexes).toEqual(['budgets_spent']);
  expect((await explain(database.db, parameter)).indexes).not.toContain('budgets_spent');
});
