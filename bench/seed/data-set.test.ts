import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrganisation } from '#domain/organisations/api.ts';
import { dayMilliseconds, utcDay } from '#shared/expiry.ts';
import { makeSite, type TestSite } from '../../tests/support/site.ts';
import { makeWorld, type World } from '../../tests/support/world.ts';
import { fillDatabase } from './fill-database.ts';
import { type Plan, planData, type Sizes } from './plan.ts';
import { castOf, type Filling, idsOf, tablesOf } from './rows.ts';
import { openSealing } from './sealing.ts';
import { textOf, titleOf } from './texts.ts';

const sizes: Sizes = { people: 14, holders: 2, conversations: 40, longList: 25, unread: 5, shortList: 3, pairs: 2 };
const now = Date.parse('2026-11-22T05:00:00.000Z');
const zone = 'America/Toronto';
const password = 'Un-mot-de-passe-assez-long';

let world: World;
let site: TestSite;
let filling: Filling;
let plan: Plan;
let rows: Record<string, number>;

beforeAll(async () => {
  world = await makeWorld({ at: new Date(now).toISOString() });
  const organisation = await createOrganisation(world.ctx, { slug: 'innovactione', name: 'Innovactione', timeZone: zone, locale: 'fr-CA' });
  plan = planData(sizes, now);
  const days = Array.from({ length: 305 }, (_, n) => utcDay(new Date(now + (61 + n) * dayMilliseconds)));
  const sealing = await openSealing(world.ctx.keys, { folder: join(world.folder, 'keys'), days });
  const passwordRecord = await world.ctx.hasher.hash(password);
  filling = { plan, ids: idsOf({ plan, now }), now, organisationId: organisation.id, zone, passwordRecord, sealing };
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  rows = await fillDatabase(client, tablesOf(filling)).finally(() => client.end());
  site = await makeSite(world);
});
afterAll(() => world.dispose());

async function signedIn(address: string) {
  const browser = site.browser();
  await browser.post('/ouvrir-une-session', { identifiant: address });
  const answer = await browser.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
  expect(answer.status).toBe(303);
  return browser;
}

test('somebody of the data set signs in by password and finds their list: as many conversations and sealed envelopes as were planned, with titles', async () => {
  const browser = await signedIn(castOf(filling).long.address);
  const page = await (await browser.get('/connexion')).page();
  const titles = page.querySelectorAll('.ttl').map((link) => link.text.trim());
  expect(titles).toHaveLength(10);
  const planned = new Set(Array.from({ length: sizes.longList }, (_, c) => titleOf(c)));
  expect(titles.filter((title) => planned.has(title))).toEqual(titles);
  expect(page.querySelector('title')?.text).toMatch(new RegExp(`^\\(${sizes.unread}\\) `, 'u'));
  expect(page.text).toContain(String(sizes.longList));
});

test('a conversation of the data set opens: its title and the texts that were opened are read, and what was not opened is an envelope', async () => {
  const browser = await signedIn(castOf(filling).long.address);
  const c = plan.unopened.findIndex((many, n) => many === 1 && n < sizes.longList);
  const page = await (await browser.get(`/connexion/${filling.ids.conversations[c]}`)).page();
  expect(page.querySelector('h1')?.text).toContain(titleOf(c));
  expect(page.querySelectorAll('form[action*="/ouvrir"]')).toHaveLength(1);
  const last = (plan.first[c] ?? 0) + (plan.count[c] ?? 0) - 1;
  expect(page.text.replace(/\s+/gu, ' ')).toContain(textOf(last - 1));
  expect(page.text.replace(/\s+/gu, ' ')).not.toContain(textOf(last));
});

test('what is kept of each inbox is what its messages and openings come to, and totals are their sums', async () => {
  // Where three take part a message has two openings: what is counted is distinct.
  const inboxes = await sql<{ many: number; wrong: number }>`
    select count(*)::int as many, count(*) filter (where (i.sent_count, i.unread_count, i.opened_count) is distinct from (fact.sent::int, fact.unread::int, fact.opened::int)
      or i.oldest_unopened is distinct from fact.oldest or i.last_opened_at is distinct from fact.last_opened or i.last_activity_at <> fact.last_activity)::int as wrong
    from inboxes i
    cross join lateral (
      select count(distinct m.id) filter (where m.sender_persona_id = i.persona_id) as sent,
        count(distinct m.id) filter (where m.sender_persona_id <> i.persona_id and own.message_id is null) as unread,
        min(m.position) filter (where m.sender_persona_id <> i.persona_id and own.message_id is null) as oldest,
        count(distinct own.message_id) as opened, max(own.opened_at) as last_opened, greatest(max(m.sent_at), max(o.opened_at)) as last_activity
      from messages m
      left join openings own on own.organisation_id = m.organisation_id and own.message_id = m.id and own.persona_id = i.persona_id
      left join openings o on o.organisation_id = m.organisation_id and o.message_id = m.id
      where m.organisation_id = i.organisation_id and m.conversation_id = i.conversation_id
    ) fact`.execute(world.database.db);
  expect(inboxes.rows).toEqual([{ many: 2 * sizes.conversations + sizes.pairs, wrong: 0 }]);
  const totals = await sql<{ many: number; wrong: number }>`
    select count(*)::int as many, count(*) filter (where (t.conversations, t.unread) is distinct from (
      select (count(*)::int, coalesce(sum(i.unread_count), 0)::int) from inboxes i where i.persona_id = t.persona_id))::int as wrong
    from inbox_totals t`.execute(world.database.db);
  expect(totals.rows).toEqual([{ many: sizes.people, wrong: 0 }]);
});

test('every reference leads somewhere, indexes are whole, and each post and opening has its line', async () => {
  expect(rows).toMatchObject({ conversations: sizes.conversations, profiles: sizes.people, messages: plan.sentAt.length });
  expect(rows.activities).toBe((rows.participations ?? 0) + plan.sentAt.length + (rows.openings ?? 0));
  const keys = await sql<{ table: string; name: string }>`
    select conrelid::regclass::text as table, conname as name from pg_constraint where contype = 'f' and conrelid::regclass::text = any(${[
      ...['activities', 'conversations', 'inboxes', 'messages', 'openings', 'participations', 'personas', 'memberships', 'sign_in_methods', 'inbox_totals'],
    ]})`.execute(world.database.db);
  expect(keys.rows.length).toBeGreaterThan(10);
  for (const { table, name } of keys.rows) {
    // Made again, a foreign key is looked after for every row.
    const definition = await sql<{ text: string }>`select pg_get_constraintdef(oid) as text from pg_constraint where conname = ${name}`.execute(
      world.database.db,
    );
    const text = definition.rows[0]?.text ?? '';
    await sql.raw(`alter table ${table} drop constraint ${name}, add constraint ${name} ${text}`).execute(world.database.db);
  }
  const indexes = await sql<{ name: string }>`select indexname as name from pg_indexes where tablename = 'messages' order by 1`.execute(world.database.db);
  expect(indexes.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['messages_by_expiry', 'messages_by_key_day', 'messages_by_reminder']));
});
