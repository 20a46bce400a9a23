import { existsSync } from 'node:fs';

/** The oldest PostgreSQL that Pli accepts, where Debian puts it; its standby needs pg_basebackup. */
export function hasPostgresql15() {
  const folder = process.env.TEST_PG15_BIN ?? '/usr/lib/postgresql/15/bin';
  return ['initdb', 'postgres', 'pg_basebackup'].every((program) => existsSync(`${folder}/${program}`));
}
