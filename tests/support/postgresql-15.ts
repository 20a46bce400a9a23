import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian puts the programs of the oldest PostgreSQL that Pli accepts; `TEST_PG15_BIN` names another place. */
export const postgresql15 = process.env.TEST_PG15_BIN ?? '/usr/lib/postgresql/15/bin';

/** Why the tests with PostgreSQL 15 cannot run here; undefined when they can. */
export const postgresql15Missing = ['initdb', 'postgres', 'pg_basebackup'].every((program) => existsSync(join(postgresql15, program)))
  ? undefined
  : 'PostgreSQL 15 is missing';
