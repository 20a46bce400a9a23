import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#context';
import type { DB } from '#platform/database/schema.ts';
import { analyse, explain } from '../../../tests/support/explain.ts';
import { foundInnovactione, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import { findNoticeTarget, listDeliveries, listLastDeliveries, listOwnNotices, listTellings } from './api.ts';
import { claimDueMail, updateMailBounced } from './mail-queries.ts';
import { updateWaitingDue } from './own-queries.ts';
import { lockDueNotices, updateNoticeOpened } from './queries.ts';
import { updateNoticesWithdrawn } from './reader-queries.ts';

let world: World;
let spied: Ctx;
let asked: CompiledQuery[];
let owned: string;

beforeAll(async () => {
  world = await makeWorld();
  const { id } = await foundInnovactione(world);
  const { personaId } = await settle(world, 'Jean Dubé', ['jeand@courriel.example'], '');
  owned = personaId;
  // Years of mails, nearly all of them gone.
  await sql`insert into outgoing_mails (id, kind, status, recipient, locale, created_at, due_at, message_id)
    select gen_random_uuid(), case when n % 2000 = 0 then 'code' else 'notice' end, case when n % 1000 = 0 then 'queued' else 'sent' end, 'jeand@courriel.example', 'fr-CA',
      ${world.ctx.now()}::timestamptz, ${world.ctx.now()}::timestamptz, '<' || n || '@pli.example>' from generate_series(1, 20000) n`.execute(world.ctx.db);
  await sql`insert into notices (organisation_id, id, persona_id, sender_persona_id, conversation_id, message_id, kind, token_hash, state, created_at, due_at, mail_id)
    select ${id}::uuid, gen_random_uuid(), ${personaId}::uuid, ${personaId}::uuid, gen_random_uuid(), gen_random_uuid(), 'message-posted', sha256(m.id::text::bytea),
      m.status, m.created_at, m.created_at, case when m.status = 'sent' then m.id end from outgoing_mails m`.execute(world.ctx.db);
  await analyse(world.ctx.db, 'outgoing_mails', 'notices');
  asked = [];
  const dialect = new PostgresDialect({ pool: world.database.pool });
  spied = { ...world.ctx, db: new Kysely<DB>({ dialect, log: (event) => void asked.push(event.query) }) };
});
afterAll(() => world.dispose());

/** Somebody who owns the address of all these notices. */
const asOwner = () => ({
  ...spied,
  actor: {
    profileId: '',
    sessionId: '',
    displayName: '',
    timeZone: undefined,
    personas: [{ id: owned, address: 'jeand@courriel.example' }],
    memberships: [],
    hasDrafts: false,
  },
});
const reader = () => ({ organisationId: world.ctx.newId(), conversationId: world.ctx.newId(), personaId: world.ctx.newId() });

test.each([
  ['the notices that are due, and the last mail of each', () => lockDueNotices(spied, 100), ['notices_due']],
  ['the mails that are due', () => claimDueMail(spied, { codesOnly: false, domain: 'pli.example' }), ['outgoing_mails_due']],
  ['the codes that are due', () => claimDueMail(spied, { codesOnly: true, domain: 'pli.example' }), ['outgoing_mails_codes_due']],
  [
    'the notice of a message that is opened',
    () => updateNoticeOpened(spied, { organisationId: world.ctx.newId(), messageId: world.ctx.newId(), personaId: world.ctx.newId() }),
    ['notices_organisation_id_message_id_persona_id_kind_key'],
  ],
  [
    'the deliveries of a conversation',
    () => listDeliveries(spied, { organisationId: world.ctx.newId(), conversationId: world.ctx.newId() }),
    ['notices_by_conversation'],
  ],
  [
    'the last notice of each reader',
    () => listLastDeliveries(spied, { organisationId: world.ctx.newId(), conversationId: world.ctx.newId(), personaIds: [world.ctx.newId()] }),
    ['notices_by_reader'],
  ],
  ['when a reader was told again', () => listTellings(spied, { ...reader(), since: world.ctx.now(), most: 5 }), ['notices_by_reader']],
  ['the notices that somebody removed was still to be sent', () => updateNoticesWithdrawn(spied, reader()), ['notices_by_reader']],
  ['a page of what one was sent', () => listOwnNotices(asOwner(), {}), ['notices_by_persona', 'outgoing_mails_beside_notices']],
  ['what of one’s own still waits', () => updateWaitingDue(spied, world.ctx.newId()), ['notices_due']],
  ["a notice's link", () => findNoticeTarget(spied, 'abcdefghijklmnopqrstuv'), ['notices_token_hash_key']],
  ['a bounce', () => updateMailBounced(spied, '<1@pli.example>'), ['outgoing_mails_message_id_key', 'notices_by_mail']],
] as const)('%s: found by index, however many are past', async (_what, ask, indexes) => {
  asked = [];
  await ask();
  expect(asked.length).toBeGreaterThan(0);
  const plans = await Promise.all(asked.map((query) => explain(world.ctx.db, { compile: () => query })));
  const read = plans.flatMap((plan) => plan.indexes);
  for (const index of indexes) expect(read, plans.map((plan) => plan.text).join('\n\n')).toContain(index);
  for (const plan of plans) {
    const whole = plan.seqScans.filter((table) => table === 'notices' || table === 'outgoing_mails');
    expect(whole, plan.text).toEqual([]);
  }
});
