import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseForwardDuration } from '#shared/durations.ts';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { openClock } from './clock.ts';

const machine = () => Date.parse('2028-01-31T23:00:00Z');
let database: ClonedDatabase;

beforeEach(async () => {
  database = await cloneDatabase();
  await database.db
    .insertInto('installation')
    .values({ demonstration: true, created_at: new Date(machine()) })
    .execute();
});
afterEach(() => database.drop());

function duration(text: string): Temporal.Duration {
  const parsed = parseForwardDuration(text);
  if (!parsed) throw new Error(`${text} is not a duration that goes forward`);
  return parsed;
}

describe("Pli's clock", () => {
  test('follows the machine until it is moved', async () => {
    const clock = await openClock(database.db, machine);
    expect(clock.now().toISOString()).toBe('2028-01-31T23:00:00.000Z');
    expect(clock.offset()).toEqual({ clock: 0, sessions: 0 });
  });

  test.each([
    ['P1DT2H', '2028-02-02T01:00:00.000Z'],
    ['P1M', '2028-02-29T23:00:00.000Z'],
    ['P1Y', '2029-01-31T23:00:00.000Z'],
    ['PT90S', '2028-01-31T23:01:30.000Z'],
  ])('moves forward by %s, counted on the calendar in UTC', async (text, expected) => {
    const clock = await openClock(database.db, machine);
    expect((await clock.advance(duration(text))).toISOString()).toBe(expected);
  });

  test('keeps its offset across a restart; moves add up', async () => {
    const first = await openClock(database.db, machine);
    await first.advance(duration('P1D'));
    await first.advance(duration('PT1H'));
    const second = await openClock(database.db, machine);
    expect(second.now().toISOString()).toBe('2028-02-02T00:00:00.000Z');
  });

  test('moved by another process, it follows once it looks, and never goes back', async () => {
    const [clock, other] = [await openClock(database.db, machine), await openClock(database.db, machine)];
    await other.advance(duration('P1D'), { sessions: true });
    await clock.refresh();
    expect([clock.now(), clock.sessionNow()].map((at) => at.toISOString())).toEqual(['2028-02-01T23:00:00.000Z', '2028-02-01T23:00:00.000Z']);
    await database.db.updateTable('installation').set({ clock_offset_ms: 0 }).execute();
    await clock.refresh();
    expect(clock.now().toISOString()).toBe('2028-02-01T23:00:00.000Z');
  });

  test('moved many times at once, it counts them all and never goes back', async () => {
    const clock = await openClock(database.db, machine);
    const answers = await Promise.all(Array.from({ length: 12 }, () => clock.advance(duration('PT1H'))));
    expect(clock.now().toISOString()).toBe('2028-02-01T11:00:00.000Z');
    expect(Math.max(...answers.map((at) => at.getTime()))).toBe(clock.now().getTime());
  });

  test('sessions do not age with it unless asked to', async () => {
    const clock = await openClock(database.db, machine);
    await clock.advance(duration('P1D'));
    expect(clock.sessionNow().toISOString()).toBe('2028-01-31T23:00:00.000Z');
    await clock.advance(duration('P1D'), { sessions: true });
    expect(clock.sessionNow().toISOString()).toBe('2028-02-01T23:00:00.000Z');
  });
});

test.each(['', 'P', '-P1D', 'PT0S', 'P0D', '1 day', 'P1D ', 'P100Y', 'PT1e9H'])('«%s» is not a way forward', (text) => {
  expect(parseForwardDuration(text)).toBeUndefined();
});
