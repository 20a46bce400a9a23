import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../project-root.ts';
import { startRefused } from '../start-refused.ts';
import { DatabaseClient } from './database-client.ts';

type Migration = { name: string; sql: string; checksum: string };

/** One Pli at a time migrates a database; the number only has to differ from other programs'. */
const migrationLock = 7_541_201;

/**
 * Applies the migrations that this database lacks, in the order of their names, each in a transaction; answers their names.
 * `only` those named, for a backup of an earlier version. Refuses a migration that changed since it was applied, and one this version of Pli does not know.
 */
export async function migrate(url: string, folder = migrationsFolder(), only?: readonly string[]): Promise<string[]> {
  const migrations = readMigrations(folder).filter(({ name }) => only?.includes(name) ?? true);
  // A connection of its own, without the pool's time limits: a migration may be long.
  const client = new DatabaseClient({ connectionString: url, application_name: 'pli-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const missing = await missingMigrations(client, migrations);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end(); // Releases the lock.
  }
}

/** Applies what is missing inside the transaction that `client` is in: rows of an older version are seen only in the form of this one. */
export async function migrateInside(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  for (const migration of await missingMigrations(client, readMigrations(migrationsFolder()))) await run(client, migration);
}

/** The names of the migrations that this database lacks; refuses it like `migrate`, and changes nothing in a database that is not empty. */
export async function listMissingMigrations(url: string, folder = migrationsFolder()): Promise<string[]> {
  const client = new DatabaseClient({ connectionString: url, application_name: 'pli-migrate' });
  await client.connect();
  try {
    const { rows } = await client.query<{ known: boolean }>(`select to_regclass('schema_migrations') is not null as known`);
    const migrations = readMigrations(folder);
    const missing = rows[0]?.known ? await missingMigrations(client, migrations) : migrations;
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The migrations of this version of Pli, in order. */
export function listKnownMigrations(): { name: string; checksum: string }[] {
  return readMigrations(migrationsFolder()).map(({ name, checksum }) => ({ name, checksum }));
}

function migrationsFolder(): string {
  return join(projectRoot(), 'migrations');
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8');
    return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

async function missingMigrations(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations order by name');
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const name of applied.keys()) {
    if (!migrations.some((migration) => migration.name === name)) throw startRefused('migration.unknown', { name });
  }
  for (const { name, checksum } of migrations) {
    if (applied.has(name) && applied.get(name) !== checksum) throw startRefused('migration.changed', { name });
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function run(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await run(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // The first error is the one to tell.
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}
