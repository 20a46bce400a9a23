import type { TestProject } from 'vitest/node';
import { type DebianPostgres, makePostgres } from './debian-postgres.ts';
import { fastFolder, provideTemplate } from './global-setup.ts';

let postgres: DebianPostgres | undefined;

/**
 * Debian's PostgreSQL 15 as an administrator would give it to Pli: reached by TCP with a password, by a role that is no superuser, and
 * with the order of words of French. One for all the tests of the run.
 */
export async function setup(project: TestProject): Promise<void> {
  // Ours has as much memory, so that both plan alike.
  postgres = await makePostgres({ under: fastFolder(), createDatabases: true, settings: { autovacuum: 'off', jit: 'off', random_page_cost: 1.1 } });
  const administratorUrl = postgres.url('pli', { user: 'postgres', password: postgres.password });
  await provideTemplate(project, { url: postgres.url(), administratorUrl }, "Debian's, by DATABASE_URL");
}

export async function teardown(): Promise<void> {
  await postgres?.remove();
}
