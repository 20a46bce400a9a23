import { defineConfig } from 'vitest/config';

const pages = { oxc: { jsx: { runtime: 'automatic', importSource: '#jsx', development: false } } } as const;
const database = { globalSetup: ['tests/support/global-setup.ts'] };

const file = process.env.TEST_COUNTS;
const counting: [string, Record<string, unknown>][] = file ? [['./bin/launch/counting-reporter.mjs', { file }]] : [];

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
        test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'tests/support/**/*.test.ts'], ...database, testTimeout: 20_000, hookTimeout: 30_000 },
      },
      {
        // Real foreign servers, or ours that play them badly.
        test: {
          name: 'peers',
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
          sequence: { groupOrder: 3 },
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
