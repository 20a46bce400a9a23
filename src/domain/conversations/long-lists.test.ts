import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import type { DB } from '#platform/database/schema.ts';
import { type Reading, readingOf } from '../../../tests/support/explain.ts';
import { fillLongList } from '../../../tests/support/long-list.ts';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessOneConversation } from './access.ts';
import type { ActivityOrder } from './activity-queries.ts';
import { activitiesCounted, listActivities } from './list-activities.ts';
import { listConversations } from './list-conversations.ts';
import { listPeopleStates } from './list-people-states.ts';
import { readThread } from './read-thread.ts';

const many = 10_000;
const few = 20;
const messages = 5_000;
/** Tables of a handful of rows in this world: PostgreSQL reads their only page whole, with good reason. */
const small = ['organisations', 'profiles', 'memberships', 'personas', 'notices'];

let world: Innovactione;
let jean: SignedInCtx;
/** Marie's conversation with Jean, of one message and of 5 000. */
let short: string;
let long: string;
const recorded: CompiledQuery[] = [];

beforeAll(async () => {
  world = await makeInnovactione();
  const { organisationId, ctx } = world;
  const list = { organisationId, holderPersonaId: world.marie.personaId, newest: ctx.now() };
  await fillLongList(ctx.db, { ...list, personaId: world.jean.personaId, conversations: many });
  await fillLongList(ctx.db, { ...list, personaId: world.jeanAtelier, conversations: few });
  const marie = await world.as(world.marie.profileId);
  short = await converse(marie, world.marie.personaId, { participants: ['nadia.roy@courriel.example', 'jeand@courriel.example'] });
  long = await converse(marie, world.marie.personaId, { participants: ['nadia.roy@courriel.example', 'jeand@courriel.example'] });
  await growLong();
  for (const table of ['conversations', 'participations', 'inboxes', 'messages', 'openings', 'activities', 'notices'])
    await sql`vacuum analyze ${sql.table(table)}`.execute(ctx.db);
  const signedIn = await world.as(world.jean.profileId);
  // The same statements as ever, each noted down with its values.
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: world.database.pool }), log: (event) => void recorded.push(event.query) });
  jean = { ...signedIn, db };
}, 120_000);
afterAll(() => world.dispose());

/** Marie posted 4 999 messages more, sealed for Jean; the lines say that Nadia read each of them. */
async function growLong(): Promise<void> {
  const { db } = world.ctx;
  const nadia = await db.selectFrom('personas').select('id').where('address', '=', world.nadiaAddress).executeTakeFirstOrThrow();
  await sql`insert into messages (organisation_id, id, conversation_id, position, sender_persona_id, body, wrapped_key, key_day, sent_at, expires_at, post_key)
    select m.organisation_id, md5('long' || n)::uuid, m.conversation_id, n, m.sender_persona_id, m.body, m.wrapped_key, m.key_day, m.sent_at, m.expires_at, 'long' || n
    from messages m, generate_series(2, ${messages}::integer) n where m.conversation_id = ${long}`.execute(db);
  await sql`insert into openings (organisation_id, message_id, persona_id, opened_at)
    select organisation_id, id, ${nadia.id}::uuid, sent_at from messages where conversation_id = ${long} and position > 1`.execute(db);
  await sql`insert into activities (organisation_id, id, conversation_id, at, kind, persona_id, message_id)
    select m.organisation_id, md5(kind || m.id)::uuid, m.conversation_id, m.sent_at + m.position * interval '1 second', kind, who, m.id
    from messages m, (values ('message-posted', ${world.marie.personaId}::uuid), ('message-opened', ${nadia.id}::uuid)) did (kind, who)
    where m.conversation_id = ${long} and m.position > 1`.execute(db);
  await sql`update conversations set message_count = ${messages} where id = ${long}`.execute(db);
}

/** What each statement of `work` reads, in their order. */
async function reading(work: () => Promise<unknown>): Promise<Reading[]> {
  recorded.length = 0;
  await work();
  const statements = recorded.splice(0);
  expect(statements.length).toBeGreaterThan(0);
  const readings: Reading[] = [];
  for (const statement of statements) readings.push(await readingOf(world.ctx.db, { compile: () => statement }));
  return readings;
}

const total = (readings: readonly Reading[], of: 'rowsRead' | 'buffers') => readings.reduce((sum, one) => sum + one[of], 0);
const plans = (readings: readonly Reading[]) => readings.map(({ text, rowsRead, buffers }) => `${rowsRead} rows, ${buffers} pages\n${text}`).join('\n\n');

function readByIndex(readings: readonly Reading[]): void {
  for (const { seqScans, text } of readings)
    expect(
      seqScans.filter((table) => !small.includes(table)),
      text,
    ).toEqual([]);
}

/** The first, middle and last page of 10 of a persona's list, in one order. */
function pagesOf(personaId: string, order: 'newest' | 'oldest') {
  const page = (number: number) => reading(() => listConversations(jean, { personaId, page: number, size: 10, order }));
  return { page, last: personaId === world.jean.personaId ? many / 10 : few / 10 };
}

test.each(['newest', 'oldest'] as const)(
  '000-33 000-34 000-28: of 10 000 conversations, the first and the last page read what a list of 20 reads, the middle one runs along its index (%s)',
  async (order) => {
    const short20 = await pagesOf(world.jeanAtelier, order).page(1);
    const { page, last } = pagesOf(world.jean.personaId, order);
    for (const number of [1, 2, last - 1, last]) {
      const read = await page(number);
      readByIndex(read);
      expect(
        read.flatMap(({ indexes }) => indexes),
        plans(read),
      ).toContain('inboxes_by_date');
      expect(total(read, 'rowsRead'), plans(read)).toBeLessThanOrEqual(total(short20, 'rowsRead') + 20);
      // An index of 10 000 rows is a page or two deeper than one of 20, for each of the ten lines and five tables.
      expect(total(read, 'buffers'), plans(read)).toBeLessThanOrEqual(total(short20, 'buffers') + 100);
    }
    const middle = await page(last / 2);
    readByIndex(middle);
    expect(total(middle, 'rowsRead'), plans(middle)).toBeLessThanOrEqual(many / 2 + 200);
    expect(total(middle, 'buffers'), plans(middle)).toBeLessThanOrEqual(total(short20, 'buffers') + 200);
  },
);

test('000-44: the page of a conversation reads as many rows with 5 000 messages as with one window of them', async () => {
  const show = (conversationId: string, window?: number) =>
    reading(async () => {
      const conversation = await accessOneConversation(jean, { conversationId });
      if (!conversation) throw new Error('Jean takes part');
      const thread = await readThread(jean, conversation, { window });
      await listPeopleStates(jean, conversation);
      return thread;
    });
  const one = await show(short);
  for (const window of [undefined, 1, 500, 1000]) {
    const read = await show(long, window);
    readByIndex(read);
    // Four messages more than the short one's, each with its sender, its profile and its opening.
    expect(total(read, 'rowsRead'), plans(read)).toBeLessThanOrEqual(total(one, 'rowsRead') + 40);
    expect(total(read, 'buffers'), plans(read)).toBeLessThanOrEqual(total(one, 'buffers') + 100);
  }
});

test('000-38: a page of the activities reads its own lines in every order, and no more of them are counted than are said', async () => {
  const conversation = await accessOneConversation(jean, { conversationId: long });
  if (!conversation) throw new Error('Jean takes part');
  const ofLines = (read: Reading[]) => read.filter(({ indexes }) => indexes.some((index) => index.startsWith('activities_by')));
  const read = async (order: ActivityOrder, page = 1) => ofLines(await reading(() => listActivities(jean, conversation, { order, page })));
  const indexes = { date: 'activities_by_date', activity: 'activities_by_kind', name: 'activities_by_person' } as const;
  for (const by of ['date', 'activity', 'name'] as const) {
    for (const descending of [true, false]) {
      const [count, page, ...rest] = await read({ by, descending });
      if (!count || !page) throw new Error('Counted, then read');
      expect([count.rowsRead, rest], count.text).toEqual([activitiesCounted + 1, []]);
      expect(page.indexes, page.text).toContain(indexes[by]);
      expect(
        page.seqScans.filter((table) => !small.includes(table)),
        page.text,
      ).toEqual([]);
      // Fifty lines and the one that says that more follow; for each who, whom and which message. By name, as many of each of the two people.
      expect(page.rowsRead, page.text).toBeLessThanOrEqual(51 * (by === 'name' ? 12 : 6));
    }
  }
  const { rows, pages, more } = await listActivities(jean, conversation, { order: { by: 'date', descending: true }, page: 150 });
  expect([rows.length, pages, more]).toEqual([50, undefined, true]);
});
