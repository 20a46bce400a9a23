import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#context';
import type { DB } from '#platform/database/schema.ts';
import { type ClonedDatabase, cloneDatabase } from '../../../tests/support/database.ts';
import { analyse, explain } from '../../../tests/support/explain.ts';
import { listActivityRows } from './activity-queries.ts';
import { listDelegated, listDelegationsBeginning, listDelegationsEnding, listDelegationsUnderWay, listHeldWithout } from './delegation-queries.ts';
import { isKeyDayUsed, listDueConversations } from './expiry-queries.ts';
import { listHeld } from './holder-queries.ts';
import { listReaders } from './life-queries.ts';
import { listInbox, listTotals } from './list-queries.ts';
import { countAdded, findParticipation, hasBeenUsed, listFollowing } from './people-queries.ts';
import { listAccessibleConversation, listAccessibleMessages, listPeople } from './queries.ts';
import { findLastReminder, listConversationsToRemind, listDueReminders, listUnopened, listWaitingReminders } from './reminder-queries.ts';
import { listLapsed, listReading, listTakingPart } from './taking-part-queries.ts';
import { listConversationToRead, listWindow } from './window-queries.ts';
import { findPosted, updateInboxesPosted } from './write-queries.ts';

const organisation = '00000000-0000-7000-8000-000000000001';
const reader = '00000000-0000-7000-8000-0000000000a1';
const id = (kind: string, n: string) => sql.raw(`md5('${kind}' || ${n})::uuid`);

let database: ClonedDatabase;
let recording: Database;
const recorded: CompiledQuery[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  recording = new Kysely<DB>({ dialect: new PostgresDialect({ pool: database.pool }), log: (event) => void recorded.push(event.query) });
  await fill(database.db);
}, 120_000);
afterAll(() => database.drop());

/** 4 000 conversations of one persona, five others in each tenth of them, 20 000 messages, 20 000 activities. */
async function fill(db: Database): Promise<void> {
  const at = sql`timestamptz '2026-01-01 12:00Z'`;
  await sql`insert into organisations (id, slug, name, time_zone, locale, created_at) values (${organisation}, 'o', 'O', 'America/Toronto', 'fr-CA', ${at})`.execute(
    db,
  );
  await sql`insert into personas (id, address, address_key, created_at) select ${id('p', 'n')}, 'p' || n, 'p' || n, ${at} from generate_series(1, 1000) n`.execute(
    db,
  );
  await sql`insert into personas (id, address, address_key, created_at) values (${reader}, 'reader', 'reader', ${at})`.execute(db);
  await sql`insert into conversations (organisation_id, id, holder_persona_id, title, wrapped_key, key_day, last_expires_at, message_count, last_activity_at, created_at)
    select ${organisation}, ${id('c', 'n')}, ${id('p', '(n % 1000 + 1)')}, '\\x00', '\\x00', date '2027-01-01' + n % 300, timestamptz '2027-01-01Z', 5, ${at} + n * interval '1 minute', ${at} from generate_series(1, 4000) n`.execute(
    db,
  );
  for (const who of [sql`${reader}::uuid`, id('p', '(n % 1000 + 1)')]) {
    await sql`insert into participations (organisation_id, conversation_id, persona_id, role, added_at) select ${organisation}, ${id('c', 'n')}, ${who}, 'participant', ${at} from generate_series(1, 4000) n`.execute(
      db,
    );
    await sql`insert into inboxes (persona_id, conversation_id, organisation_id, last_activity_at) select ${who}, ${id('c', 'n')}, ${organisation}, ${at} + n * interval '1 minute' from generate_series(1, 4000) n`.execute(
      db,
    );
  }
  await sql`insert into inbox_totals (persona_id, conversations) select id, 4 from personas`.execute(db);
  await sql`insert into messages (organisation_id, id, conversation_id, position, sender_persona_id, body, wrapped_key, key_day, sent_at, expires_at, post_key)
    select ${organisation}, ${id('m', 'n')}, ${id('c', '((n - 1) / 5 + 1)')}, (n - 1) % 5 + 1, ${id('p', '((n - 1) / 5 % 1000 + 1)')}, '\\x00', '\\x00', date '2027-01-01' + n % 300, ${at}, timestamptz '2027-01-01Z' + n * interval '1 minute', n::text from generate_series(1, 20000) n`.execute(
    db,
  );
  await sql`insert into activities (organisation_id, id, conversation_id, at, kind, message_id)
    select ${organisation}, ${id('a', 'n')}, ${id('c', '((n - 1) / 5 + 1)')}, ${at}, 'message-posted', ${id('m', 'n')} from generate_series(1, 20000) n`.execute(
    db,
  );
  await analyse(
    db,
    'personas',
    'conversations',
    'participations',
    'inboxes',
    'inbox_totals',
    'messages',
    'activities',
    'openings',
    'memberships',
    'organisations',
    'profiles',
  );
}

/** The plan of the one statement that `run` sends. */
async function planOf(run: (db: Database) => Promise<unknown>) {
  recorded.length = 0;
  await run(recording);
  const [query] = recorded;
  if (!query) throw new Error('Nothing was asked of the database');
  return explain(database.db, { compile: () => query });
}

const conversation = async () => (await database.db.selectFrom('conversations').select('id').limit(1).executeTakeFirstOrThrow()).id;
const small = ['organisations', 'profiles', 'memberships', 'openings'];

const now = new Date('2026-06-01');

test('000-33 000-28: a page of the list reads one range of its index, in either order, and sorts only its own rows', async () => {
  for (const order of ['newest', 'oldest'] as const) {
    const plan = await planOf((db) => listInbox(db, { personaId: reader, order, offset: 1980, limit: 10, now, partly: false }));
    expect(plan.indexes, plan.text).toContain('inboxes_by_date');
    expect(
      plan.seqScans.filter((table) => !small.includes(table)),
      plan.text,
    ).toEqual([]);
  }
});

test('000-23: unread counts are read from kept totals', async () => {
  const plan = await planOf((db) => listTotals(db, [reader]));
  expect(plan.indexes, plan.text).toContain('inbox_totals_pkey');
});

test('000-07 000-44: a conversation’s door, its window and its people read a bounded number of rows', async () => {
  const conversationId = await conversation();
  const reading = { organisationId: organisation, id: conversationId, personaId: reader, visibleFrom: 1 };
  const asked: Record<string, (db: Database) => Promise<unknown>> = {
    door: (db) => listAccessibleConversation(db, { conversationId, personaIds: [reader], now: new Date(0) }),
    doorAndWindow: (db) => listConversationToRead(db, { conversationId, personaIds: [reader], window: undefined, now: new Date('2026-06-01') }),
    window: (db) => listWindow(db, reading, { first: 1, last: 5, now: new Date('2026-06-01') }),
    message: (db) => listAccessibleMessages(db, reading, { messageIds: [conversationId], now }),
    people: (db) => listPeople(db, reading, new Date('2026-06-01')),
    following: (db) => listFollowing(db, { organisationId: organisation, conversationId }, now),
    participation: (db) => findParticipation(db, { organisationId: organisation, conversationId }, { personaId: reader, now }),
    added: (db) => countAdded(db, { organisationId: organisation, conversationId }, now),
    readers: (db) => listReaders(db, { organisationId: organisation, conversationId }, { messageId: conversationId, now }),
    takingPart: (db) => listTakingPart(db, { organisationId: organisation, conversationId }, now),
    lapsed: (db) => listLapsed(db, { organisationId: organisation, conversationId }, now),
    told: (db) => listReading(db, [{ conversationId, personaId: reader }], now),
    used: (db) => hasBeenUsed(db, { organisationId: organisation, conversationId }, reader),
    posted: (db) => findPosted(db, { organisationId: organisation, personaId: reader, postKey: 'x' }),
    bump: (db) => updateInboxesPosted(db, { organisationId: organisation, conversationId, senderPersonaId: reader, position: 6, at: new Date(0) }),
  };
  for (const [name, run] of Object.entries(asked)) {
    const plan = await planOf(run);
    expect(
      plan.seqScans.filter((table) => !small.includes(table)),
      `${name}\n${plan.text}`,
    ).toEqual([]);
    expect(plan.mostRows, `${name}\n${plan.text}`).toBeLessThan(200);
  }
});

test('000-38: activities by date follow their index', async () => {
  const conversationId = await conversation();
  const page = { organisationId: organisation, conversationId, visibleFrom: 1, visibleSince: undefined, collaborator: false, limit: 50, offset: 0 };
  const since = { at: new Date('2026-01-01T12:00:00Z'), id: conversationId };
  for (const seen of [page, { ...page, visibleFrom: 3, visibleSince: since }]) {
    const plan = await planOf((db) => listActivityRows(db, { ...seen, order: { by: 'date', descending: true } }));
    expect(plan.indexes, plan.text).toContain('activities_by_date');
    expect(
      plan.seqScans.filter((table) => !small.includes(table)),
      plan.text,
    ).toEqual([]);
  }
});

test('000-48: what is due, and which days are still needed, are found by index', async () => {
  const due = await planOf((db) => listDueConversations(db, new Date('2026-06-01'), 200));
  expect(due.indexes, due.text).toContain('messages_by_expiry');
  const used = await planOf((db) => isKeyDayUsed(db, '2027-05-01'));
  expect(used.seqScans, used.text).toEqual([]);
});

test('S-03 000-C4 000-C7 000-A2: reminders, leaves and what somebody holds are found by index, however many are past', async () => {
  const { db } = database;
  await sql`update messages set remind_at = expires_at - interval '7 days'`.execute(db);
  await sql`insert into reminders (organisation_id, id, conversation_id, persona_id, due_at, created_at, done_at)
    select ${organisation}, ${id('r', 'n')}, ${id('c', '(n % 4000 + 1)')}, ${reader}, timestamptz '2026-01-01Z' + n * interval '1 hour', timestamptz '2026-01-01Z',
      case when n % 500 = 0 then null else timestamptz '2026-01-01Z' + n * interval '1 hour' end from generate_series(1, 10000) n`.execute(db);
  await sql`insert into delegations (organisation_id, id, persona_id, delegate_persona_id, starts_at, ends_at, created_at, begun_at, ended_at)
    select ${organisation}, ${id('d', 'n')}, ${id('p', '(n % 1000 + 1)')}, ${reader}, timestamptz '2025-01-01Z' + n * interval '1 hour', timestamptz '2025-02-01Z' + n * interval '1 hour',
      timestamptz '2025-01-01Z', case when n % 500 = 0 then null else timestamptz '2025-01-01Z' end, case when n % 250 = 0 then null else timestamptz '2025-03-01Z' end
    from generate_series(1, 10000) n`.execute(db);
  await analyse(db, 'messages', 'reminders', 'delegations');
  const place = { organisationId: organisation, conversationId: await conversation() };
  const asked: [string, (db: Database) => Promise<unknown>][] = [
    ['messages_by_reminder', (spied) => listConversationsToRemind(spied, now, 200)],
    ['messages_organisation_id_conversation_id_position_key', (spied) => listUnopened(spied, place, { from: 1, now })],
    ['reminders_due', (spied) => listDueReminders(spied, now, 200)],
    ['reminders_by_conversation', (spied) => listWaitingReminders(spied, place)],
    ['reminders_by_conversation', (spied) => findLastReminder(spied, place)],
    ['delegations_beginning', (spied) => listDelegationsBeginning(spied, now, 50)],
    ['delegations_ending', (spied) => listDelegationsEnding(spied, now, 50)],
    ['delegations_by_persona', (spied) => listDelegationsUnderWay(spied, { organisationId: organisation, personaId: reader, now })],
    ['conversations_by_holder', (spied) => listHeld(spied, { organisationId: organisation, personaId: reader, most: 200 })],
    [
      'conversations_by_holder',
      (spied) =>
        listHeldWithout(
          spied,
          { organisationId: organisation, id: reader, personaId: reader, delegatePersonaId: reader, startsAt: now, endsAt: now },
          { now, most: 200 },
        ),
    ],
    ['participations_by_delegation', (spied) => listDelegated(spied, { organisationId: organisation, id: reader }, 200)],
    ['conversations_by_key_day', (spied) => listDueConversations(spied, now, 200)],
  ];
  for (const [index, run] of asked) {
    const plan = await planOf(run);
    expect(plan.indexes, plan.text).toContain(index);
    expect(
      plan.seqScans.filter((table) => !small.includes(table)),
      plan.text,
    ).toEqual([]);
  }
});

test('000-A1 000-22: what an address may still read, once an organisation closed its conversations to it, is found and counted by index', async () => {
  const { db } = database;
  await sql`insert into memberships (organisation_id, id, persona_id, role, status, created_at)
    values (${organisation}, ${reader}, ${reader}, 'collaborator', 'suspended', now())`.execute(db);
  try {
    expect(await listTotals(db, [reader])).toMatchObject([{ conversations: 0, partly: true }]);
    const asked = [
      (spied: Database) => listTotals(spied, [reader]),
      (spied: Database) => listInbox(spied, { personaId: reader, order: 'newest', offset: 20, limit: 10, now, partly: true }),
    ];
    for (const run of asked) {
      const plan = await planOf(run);
      expect(
        plan.seqScans.filter((table) => !small.includes(table)),
        plan.text,
      ).toEqual([]);
    }
  } finally {
    await sql`delete from memberships where id = ${reader}`.execute(db);
  }
});
