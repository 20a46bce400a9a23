import { sql } from 'kysely';
import type { Database } from '#context';

/** What looking, or knocking at a door, may write: sessions live longer, flows begin, budgets count, screens are told. */
const passing = new Set(['sessions', 'sign_in_flows', 'budgets', 'events', 'known_devices', 'password_tries']);

/** What is in every other table, in a word each: two that are the same differ in nothing. */
export async function traces(db: Database, but: readonly string[] = []): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  const watched = tables.filter(({ name }) => !passing.has(name) && !but.includes(name));
  const asked = watched.map(
    ({ name }) => sql`select ${name} as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${sql.table(name)} as t`,
  );
  const { rows } = await sql<{ name: string; digest: string }>`${sql.join(asked, sql` union all `)}`.execute(db);
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
