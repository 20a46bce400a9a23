import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

test('dates are strings, large integers are numbers, instants are Dates', async () => {
  const { rows } = await sql`select '2026-02-28'::date as day, 5000000000::int8 as size, '2026-02-28T01:02:03Z'::timestamptz as at`.execute(database.db);
  expect(rows).toEqual([{ day: '2026-02-28', size: 5_000_000_000, at: new Date('2026-02-28T01:02:03Z') }]);
});

test('a statement is prepared from its second use on', async () => {
  await database.db.connection().execute(async (db) => {
    for (const slug of ['tilleuls', 'clain', 'pairs']) await db.selectFrom('organisations').select('id').where('slug', '=', slug).execute();
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like ${'%"slug" = %'}`.execute(db);
    expect(rows).toHaveLength(1);
  });
});

test('commits wait for the disk whatever the server says by default', async () => {
  const { rows } = await sql`select current_setting('synchronous_commit') as value, current_setting('TimeZone') as zone`.execute(database.db);
  expect(rows).toEqual([{ value: 'on', zone: 'UTC' }]);
});

test('a lost connection is replaced', async () => {
  await sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.db).catch(() => undefined);
  await vi.waitFor(async () => expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]));
});
