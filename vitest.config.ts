import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { postgresql15Missing } from './tests/support/postgresql-15.ts';

const pages = { oxc: { jsx: { runtime: 'automatic', importSource: '#jsx', development: false } } } as const;
const database = { globalSetup: ['tests/support/global-setup.ts'] };

const unitTests = ['src/**/*.test.{ts,tsx}', 'tests/support/**/*.test.ts'];
const unit = { testTimeout: 20_000, hookTimeout: 30_000 };

/** What touches a database does so by one of these. */
const databaseSupport = /support\/(?:database|explain|people|site|visitor|world)\.ts'|from '\.\/(?:database|explain)\.ts'/;

/** The same tests once more on the oldest PostgreSQL that Pli accepts, as an institution runs its own, where the machine has it. */
const onPostgres15 = postgresql15Missing
  ? []
  : [
      {
        ...pages,
        test: {
          name: 'postgres-15',
          include: globSync(unitTests).filter((name) => databaseSupport.test(readFileSync(name, 'utf8'))),
          // How fast 200 streams are told is measured once.
          exclude: ['**/many-streams.test.ts'],
          globalSetup: ['tests/support/global-setup-15.ts'],
          ...unit,
        },
      },
    ];

const file = process.env.TEST_COUNTS;
const counting: [string, Record<string, unknown>][] = file ? [['./bin/launch/counting-reporter.mjs', { file }]] : [];

/** A browser, a relay or a process that starts answers when the machine lets it: what failed once is played again, and the report says so. */
const onBusyMachine = { retry: 2 };

export default defineConfig({
  ...pages,
  test: {
    // `npm test` asks for the counts of its last line.
    reporters: ['default', ...counting],
    // Two cores are the ordinary machine: more workers would only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        ...pages,
        test: { name: 'unit', include: [...unitTests, 'bench/**/*.test.ts'], ...database, ...unit },
      },
      ...onPostgres15,
      {
        ...pages,
        // Everything a stranger, a colleague or a hostile program may try.
        test: {
          name: 'attacks',
          // Nothing is played again: what is open once in three times is open.
          retry: 0,
          sequence: { groupOrder: 1 },
          // What compares times wants the machine for itself: ATTACKS_LONG=1.
          include: ['tests/attacks/**/*.test.ts', ...(process.env.ATTACKS_LONG ? ['tests/attacks/**/*.long.ts'] : [])],
          ...database,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Real foreign servers, or ours that play them badly.
        test: {
          name: 'peers',
          ...onBusyMachine,
          sequence: { groupOrder: 1 },
          include: ['tests/peers/**/*.test.ts'],
          ...database,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'machine',
          ...onBusyMachine,
          sequence: { groupOrder: 2 },
          include: ['tests/machine/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...pages,
        test: {
          name: 'e2e',
          ...onBusyMachine,
          sequence: { groupOrder: 3 },
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles: ['tests/support/tell-pages.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // `npm run faults` plays them longer. Never played again: what is lost once is lost.
        test: {
          name: 'faults',
          sequence: { groupOrder: 4 },
          include: ['tests/faults/**/*.test.ts'],
          fileParallelism: false,
          ...database,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
