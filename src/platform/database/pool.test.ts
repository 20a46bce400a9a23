import type { EventEmitter } from 'node:events';
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

test('the columns of a prepared statement are asked for once a connection; rows, emptiness and errors come as ever', async () => {
  const client = await database.pool.connect();
  try {
    const { connection } = client as unknown as { connection: EventEmitter }; // pg has it, its types have not.
    let described = 0;
    connection.on('rowDescription', () => {
      described += 1;
    });
    const text = "select n, 10 / (n - $1::int) as tenth, timestamptz '2026-02-28T01:02:03Z' as at from generate_series(1, $2::int) n";
    const at = new Date('2026-02-28T01:02:03Z');
    for (let use = 0; use < 5; use += 1) {
      expect((await client.query(text, [9, 2])).rows).toEqual([
        { n: 1, tenth: -1, at },
        { n: 2, tenth: -1, at },
      ]);
    }
    // Once unprepared, once as it was prepared.
    expect(described).toBe(2);
    expect((await client.query(text, [9, 0])).rows).toEqual([]);
    await expect(client.query(text, [1, 2])).rejects.toThrow('division by zero');
    expect((await client.query(text, [9, 1])).rows).toEqual([{ n: 1, tenth: -1, at }]);
    expect(described).toBe(2);
    for (let use = 0; use < 3; use += 1) {
      const { rows, rowCount } = await client.query('update organisations set name = name where slug = $1', ['nulle-part']);
      expect([rows, rowCount]).toEqual([[], 0]);
    }
  } finally {
    client.release();
  }
});

test('two connections that were told different columns each read their own', async () => {
  const [one, other] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  try {
    await one.query('create temporary table thing as select 1 as first');
    await other.query("create temporary table thing as select 'x' as second, 2 as first");
    for (let use = 0; use < 4; use += 1) {
      expect((await one.query('select * from thing where first > $1', [0])).rows).toEqual([{ first: 1 }]);
      expect((await other.query('select * from thing where first > $1', [0])).rows).toEqual([{ second: 'x', first: 2 }]);
    }
  } finally {
    one.release();
    other.release();
  }
});

test('commits wait for the disk whatever the server says by default', async () => {
  const { rows } = await sql`select current_setting('synchronous_commit') as value, current_setting('TimeZone') as zone`.execute(database.db);
  expect(rows).toEqual([{ value: 'on', zone: 'UTC' }]);
});

test('a lost connection is replaced', async () => {
  await sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.db).catch(() => undefined);
  await vi.waitFor(async () => expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]));
});
