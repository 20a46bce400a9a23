import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#context';
import type { DB } from '#platform/database/schema.ts';
import { analyse, explain } from '../../../tests/support/explain.ts';
import { foundInnovactione } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { insertLockedEntries, selectEntries } from '../audit/queries.ts';
import { findCounts } from './count-queries.ts';
import { selectStaff } from './staff-queries.ts';

let world: World;
let spied: Ctx;
let organisationId: string;
let asked: CompiledQuery[] = [];

beforeAll(async () => {
  world = await makeWorld();
  organisationId = (await foundInnovactione(world)).id;
  const { db } = world.ctx;
  const now = world.ctx.now();
  // Other organisations have most of the people and most of the lines.
  await sql`insert into organisations (id, slug, name, time_zone, locale, created_at)
    select gen_random_uuid(), 'o' || n, 'O' || n, 'Europe/Paris', 'fr-FR', ${now} from generate_series(1, 20) n`.execute(db);
  await sql`insert into profiles (id, display_name, created_at) select gen_random_uuid(), 'Personne ' || md5(n::text), ${now} from generate_series(1, 8000) n`.execute(
    db,
  );
  await sql`insert into personas (id, profile_id, address, address_key, created_at)
    select gen_random_uuid(), id, 'p' || id || '@x.example', 'p' || id || '@x.example', ${now} from profiles`.execute(db);
  await sql`insert into memberships (id, organisation_id, persona_id, role, created_at)
    select gen_random_uuid(), o.id, a.id, 'collaborator', ${now}
    from (select id, row_number() over () as n from personas) a
    join (select id, row_number() over (order by slug) as n from organisations) o on o.n = 1 + a.n % 21`.execute(db);
  await sql`insert into audit_entries (organisation_id, id, at, kind, actor_address, subject_address)
    select o.id, gen_random_uuid(), ${now}::timestamptz - n * interval '1 minute', case when n % 50 = 0 then 'policy.changed' else 'person.suspended' end,
      'a' || n % 100 || '@x.example', 's' || n % 500 || '@x.example'
    from generate_series(1, 2000) n, organisations o`.execute(db);
  await analyse(db, 'organisations', 'profiles', 'personas', 'memberships', 'audit_entries');
  const dialect = new PostgresDialect({ pool: world.database.pool });
  spied = { ...world.ctx, db: new Kysely<DB>({ dialect, log: (event) => void asked.push(event.query) }) };
});
afterAll(() => world.dispose());

const lines = (filter: object) => selectEntries(spied, { organisationId, filter, limit: 51 });

test.each([
  ['the newest lines of the journal', () => lines({}), ['audit_entries_by_date'], 2500],
  ['those between two days', () => lines({ from: new Date('2015-02-01'), to: new Date('2015-02-02') }), ['audit_entries_by_date'], 2500],
  ['those of one kind', () => lines({ kind: 'policy.changed' }), ['audit_entries_by_kind'], 2500],
  ['those about one person', () => lines({ person: 's7@x.example' }), ['audit_entries_by_subject'], 2500],
  [
    'the organisations of an address that is locked',
    () => insertLockedEntries(spied, { addressKey: 'x', means: 'code', ids: [] }),
    ['personas_address_key_key'],
    100,
  ],
  [
    'people by a word of their name',
    () => selectStaff(spied, { organisationId, ended: false, words: [{ plain: 'c4ca', folded: 'c4ca' }], limit: 20, offset: 0 }),
    ['profiles_by_word', 'personas_by_word'],
    5000,
  ],
  ['the figures', () => findCounts(spied, organisationId), [], 100],
] as const)('000-A3: %s are found by index, however much others have', async (_what, ask, indexes, most) => {
  asked = [];
  await ask();
  const [query] = asked;
  if (!query) throw new Error('Nothing was asked of the database');
  const plan = await explain(world.ctx.db, { compile: () => query });
  for (const index of indexes) expect(plan.indexes, plan.text).toContain(index);
  expect(
    plan.seqScans.filter((table) => table !== 'organisation_counts'),
    plan.text,
  ).toEqual([]);
  expect(plan.mostRows, plan.text).toBeLessThan(most);
});
