import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { quietLog } from '../../../tests/support/quiet-log.ts';
import { directJobs } from './direct-jobs.ts';
import type { JobDefinition } from './jobs.ts';
import { type RunningJobs, startJobs } from './start-jobs.ts';

let database: ClonedDatabase;
let running: RunningJobs;
let done: number[];
let failures: number;

const count: JobDefinition<undefined, { n: number }> = {
  name: 'count',
  payload: z.object({ n: z.number() }),
  attempts: 3,
  async run(_ctx, { n }) {
    if (failures-- > 0) throw new Error('not this time');
    done.push(n);
  },
};

beforeEach(async () => {
  done = [];
  failures = 0;
  sent = { runs: 0, wait: undefined };
  database = await cloneDatabase();
  running = await start();
});
afterEach(async () => {
  await running.stop();
  await database.drop();
});

/** Of a job that is nudged: how often it ran, and what its next run waits for. */
let sent: { runs: number; wait: Promise<void> | undefined };

const send: JobDefinition<undefined, object> = {
  name: 'send',
  payload: z.object({}),
  attempts: 1,
  async run() {
    sent.runs += 1;
    await sent.wait;
    if (failures-- > 0) throw new Error('not this time');
  },
};

const start = () => startJobs({ databaseUrl: database.url, definitions: [count, send], context: () => undefined, log: quietLog });

async function enqueue(n: number, singletonKey?: string): Promise<void> {
  await database.db.transaction().execute((tx) => running.jobs.enqueue(tx, 'count', { n }, singletonKey === undefined ? {} : { singletonKey }));
}

describe('jobs on PostgreSQL', () => {
  test('a job runs once its transaction has committed, once', async () => {
    await enqueue(1);
    await running.drain();
    await running.drain();
    expect(done).toEqual([1]);
  });

  test('a job whose transaction is undone never runs', async () => {
    const undone = database.db.transaction().execute(async (tx) => {
      await running.jobs.enqueue(tx, 'count', { n: 1 });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await running.drain();
    expect(done).toEqual([]);
  });

  test('a job is found soon without being asked for: the poll is a second away, the wake a few milliseconds', async () => {
    await enqueue(1);
    await expect.poll(() => done, { timeout: 900, interval: 5 }).toEqual([1]);
  });

  test('a job that fails is tried again', async () => {
    failures = 1;
    await enqueue(1);
    await running.drain();
    expect(done).toEqual([]);
    await expect.poll(() => done, { timeout: 8000, interval: 20 }).toEqual([1]);
  });

  test('a job that always fails is given up after its attempts, and holds nobody', async () => {
    failures = 1000;
    await enqueue(1);
    await running.drain();
    failures = 0;
    await enqueue(2);
    await running.drain();
    expect(done).toEqual([2]);
  });

  test('of the jobs waiting under one key, one runs; another key or none is another job', async () => {
    await database.db.transaction().execute(async (tx) => {
      for (const n of [1, 2, 3]) await running.jobs.enqueue(tx, 'count', { n }, { singletonKey: 'jean' });
      await running.jobs.enqueue(tx, 'count', { n: 4 }, { singletonKey: 'marie' });
      await running.jobs.enqueue(tx, 'count', { n: 5 });
      await running.jobs.enqueue(tx, 'count', { n: 6 });
    });
    await running.drain();
    expect(done.sort()).toEqual([1, 4, 5, 6]);
  });

  test('what waits when the process stops is done by the next one', async () => {
    await enqueue(1);
    await running.stop();
    running = await start();
    await running.drain();
    expect(done).toEqual([1]);
  });

  test('drain does all that waits, however many', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => enqueue(n)));
    await running.drain();
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a nudge runs at once and writes no row; those that come while it runs share the next run', async () => {
    const first = Promise.withResolvers<void>();
    sent.wait = first.promise;
    running.jobs.nudge('send');
    expect(sent.runs).toBe(1);
    for (let n = 0; n < 10; n++) running.jobs.nudge('send');
    first.resolve();
    await expect.poll(() => sent.runs, { interval: 5 }).toBe(2);
    await running.stop();
    expect(sent.runs).toBe(2);
    expect((await sql`select from pgboss.job`.execute(database.db)).rows).toEqual([]);
    running = await start();
  });

  test('a nudge whose run fails keeps no later one from running', async () => {
    failures = 1;
    running.jobs.nudge('send');
    running.jobs.nudge('send');
    await expect.poll(() => sent.runs, { interval: 5 }).toBe(2);
  });

  test('a payload of another shape, or an unknown job, is refused when it is enqueued', async () => {
    await expect(running.jobs.enqueue(database.db, 'count', { n: 'one' })).rejects.toThrow('shape');
    await expect(running.jobs.enqueue(database.db, 'unknown', {})).rejects.toThrow('unknown');
  });

  test('nothing notifies inside a domain transaction: a NOTIFY there serialises commits', async () => {
    const statements: string[] = [];
    await database.db.transaction().execute(async (tx) => {
      const listened = new Proxy(tx, {
        get: (target, name) =>
          name === 'executeQuery'
            ? (query: { sql: string }) => {
                statements.push(query.sql);
                return target.executeQuery(query as Parameters<typeof target.executeQuery>[0]); // as: handed on untouched
              }
            : Reflect.get(target, name, target),
      });
      await running.jobs.enqueue(listened, 'count', { n: 1 });
    });
    expect(statements).toHaveLength(1);
    expect(statements[0]).not.toMatch(/notify/i);
  });
});

test('the double of the queue runs what waits, one job a key, one a nudge', async () => {
  const jobs = directJobs([count, send]);
  await jobs.enqueue(database.db, 'count', { n: 1 }, { singletonKey: 'jean' });
  await jobs.enqueue(database.db, 'count', { n: 2 }, { singletonKey: 'jean' });
  await jobs.enqueue(database.db, 'count', { n: 3 });
  jobs.nudge('send');
  jobs.nudge('send');
  await jobs.runAll(undefined);
  expect(done).toEqual([1, 3]);
  expect(sent.runs).toBe(1);
});
