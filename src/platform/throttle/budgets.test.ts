import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { type Budget, giveBackToBudget, peekBudget, sweepBudgets, takeFromBudget } from './budgets.ts';

let database: ClonedDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});

afterAll(() => database.drop());

const noon = new Date('2026-11-21T12:00:00.000Z');
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const hourly = (key: string, now = noon): Budget => ({ key, limit: 10, windowSeconds: 3600, now });

test('of 50 tries at the same moment exactly 10 pass', async () => {
  const verdicts = await Promise.all(Array.from({ length: 50 }, () => takeFromBudget(database.db, hourly('parallel'))));
  expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(10);
  for (const verdict of verdicts) if (!verdict.allowed) expect(verdict.retryAt).toEqual(after(3600));
});

test('no hour holds more than the limit, wherever it begins: the window slides', async () => {
  const takenAt: number[] = [];
  for (let second = 0; second < 4 * 3600; second += 120) {
    if ((await takeFromBudget(database.db, hourly('sliding', after(second)))).allowed) takenAt.push(second);
  }
  for (const start of takenAt) expect(takenAt.filter((at) => at >= start && at < start + 3600).length).toBeLessThanOrEqual(10);
  expect(takenAt).toHaveLength(40);
});

test('a refusal says when one is free again, and that is true to the millisecond', async () => {
  for (let minute = 0; minute < 10; minute += 1) await takeFromBudget(database.db, hourly('retry', after(minute * 60)));
  const refused = await takeFromBudget(database.db, hourly('retry', after(1800)));
  expect(refused).toEqual({ allowed: false, retryAt: after(3600) });
  expect((await takeFromBudget(database.db, hourly('retry', new Date(after(3600).getTime() - 1)))).allowed).toBe(false);
  expect((await takeFromBudget(database.db, hourly('retry', after(3600)))).allowed).toBe(true);
});

test('looking takes nothing; what is given back can be taken again', async () => {
  const one = { ...hourly('back'), limit: 1 };
  expect(await peekBudget(database.db, one)).toEqual({ allowed: true, retryAt: undefined });
  await takeFromBudget(database.db, one);
  expect(await peekBudget(database.db, one)).toEqual({ allowed: false, retryAt: after(3600) });
  await giveBackToBudget(database.db, 'back');
  await giveBackToBudget(database.db, 'back');
  await giveBackToBudget(database.db, 'unknown');
  expect((await takeFromBudget(database.db, one)).allowed).toBe(true);
});

test('keys do not touch each other, and a lowered limit counts what was taken before', async () => {
  for (let turn = 0; turn < 5; turn += 1) await takeFromBudget(database.db, hourly('lowered', after(turn)));
  expect((await takeFromBudget(database.db, hourly('other'))).allowed).toBe(true);
  expect(await takeFromBudget(database.db, { ...hourly('lowered', after(10)), limit: 2 })).toEqual({ allowed: false, retryAt: after(3603) });
});

test('the sweep forgets what counts no more, and only that', async () => {
  await takeFromBudget(database.db, { ...hourly('short'), windowSeconds: 60 });
  await takeFromBudget(database.db, { ...hourly('long'), windowSeconds: 86_400, limit: 1 });
  await sweepBudgets(database.db, after(7_200 + 4 * 3600));
  const rows = await database.db.selectFrom('budgets').select('key').orderBy('key').execute();
  expect(rows).toEqual([{ key: 'long' }]);
  expect((await peekBudget(database.db, { ...hourly('long', after(80_000)), windowSeconds: 86_400, limit: 1 })).allowed).toBe(false);
  expect(await sweepBudgets(database.db, after(90_000), 1)).toBe(1);
  expect(await sweepBudgets(database.db, after(90_000), 1)).toBe(0);
});

test('an absurd budget is a bug', async () => {
  for (const absurd of [{ limit: 0 }, { limit: 1.5 }, { limit: 1_000_000 }, { windowSeconds: 0 }, { windowSeconds: Number.NaN }])
    await expect(takeFromBudget(database.db, { ...hourly('absurd'), ...absurd })).rejects.toThrow(RangeError);
});
