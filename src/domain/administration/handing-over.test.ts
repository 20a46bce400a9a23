import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { accessConversation, handOver } from '#domain/conversations/api.ts';
import { listKeptMails, savePreferences } from '#domain/notices/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { findHandoverOf, handOverJob, resumeHandovers, transferFromMember } from './api.ts';

let world: Innovactione;
let alain: SignedInCtx;
let marie: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  alain = await world.as(world.alain.profileId);
  marie = await world.as(world.marie.profileId);
});
afterEach(() => world.dispose());

const place = () => ({ organisationId: world.organisationId, personaId: world.marie.personaId });
const toPaul = () => transferFromMember(alain, { ...place(), toAddress: world.paul.address });
const noticesTo = async (to: string) => (await listKeptMails(world.ctx, { to, limit: 100 })).filter((mail) => mail.kind === 'notice');
const lines = async () =>
  (await world.ctx.db.selectFrom('audit_entries').select(['kind', 'details']).orderBy('at').orderBy('id').execute()).map((row) => [row.kind, row.details]);

async function heldBy(personaId: string): Promise<number> {
  const row = await world.ctx.db
    .selectFrom('conversations')
    .select((one) => one.fn.countAll<number>().as('n'))
    .where('holder_persona_id', '=', personaId)
    .executeTakeFirst();
  return Number(row?.n);
}

/** As many conversations as her first, which is copied. */
async function marieHolds(count: number): Promise<void> {
  const id = await converse(marie, world.marie.personaId);
  const { db } = world.ctx;
  await sql`
    with made as (
      insert into conversations (organisation_id, id, holder_persona_id, status, title, wrapped_key, key_day, last_expires_at, message_count, last_activity_at, created_at)
      select organisation_id, gen_random_uuid(), holder_persona_id, status, title, wrapped_key, key_day, last_expires_at, 0, last_activity_at, created_at
      from conversations, generate_series(2, ${count}) where id = ${id} returning *
    ), parts as (
      insert into participations (organisation_id, conversation_id, persona_id, role, added_at) select organisation_id, id, holder_persona_id, 'holder', created_at from made
    )
    insert into inboxes (persona_id, conversation_id, organisation_id, last_activity_at) select holder_persona_id, id, organisation_id, last_activity_at from made`.execute(
    db,
  );
  await sql`update inbox_totals set conversations = ${count} where persona_id = ${world.marie.personaId}`.execute(db);
  await world.runJobs();
}

test('000-A2: a few change hands at once, and the new holder is told once, how many and from whom, without any title', async () => {
  for (const title of ['Relevé de placement', 'Avenant', 'Bail']) await converse(marie, world.marie.personaId, { title });
  await world.runJobs();
  expect(done(await toPaul())).toEqual({ transferred: 3, waiting: 0 });
  await world.runJobs();
  const [mail, ...others] = await noticesTo(world.paul.address);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ subject: 'Des conversations vous sont confiées' });
  expect(mail?.text.replaceAll(/\s+/gu, ' ')).toContain(`Vous êtes maintenant titulaire de 3 conversations que tenait ${world.marie.address}.`);
  for (const title of ['Relevé', 'Avenant', 'Bail']) expect(`${mail?.text}${mail?.html}`).not.toContain(title);
  expect(done(await toPaul())).toEqual({ transferred: 0, waiting: 0 });
  await world.runJobs();
  expect(await noticesTo(world.paul.address)).toHaveLength(1);
});

test('000-A2 000-Y2: the new holder is told in their own language, and not during their quiet hours', async () => {
  const paul = await world.as(world.paul.profileId);
  done(await savePreferences(paul, { locale: 'en', quiet: { from: 15 * 60, to: 16 * 60, days: [1] } }));
  const id = await converse(marie, world.marie.personaId);
  const [conversation] = await accessConversation(marie, { conversationId: id });
  done(await handOver(marie, conversation ?? fail(), { address: world.paul.address, withPast: false }));
  await world.runJobs();
  expect(await noticesTo(world.paul.address)).toEqual([]);
  world.clock.advance(3600);
  world.ctx.jobs.nudge('deliver-mails');
  await world.runJobs();
  expect(await noticesTo(world.paul.address)).toMatchObject([{ subject: 'A conversation was handed over to you' }]);
});

test('000-A2: more than two hundred go on by a job, with their progress; asked again meanwhile, or twice at once, each moves once', async () => {
  await marieHolds(450);
  expect(done(await toPaul())).toEqual({ transferred: 200, waiting: 250 });
  expect(await findHandoverOf(alain, place())).toMatchObject({ total: 450, moved: 200, toAddress: world.paul.address });
  // Impatient, and then for somebody else.
  expect(done(await toPaul())).toEqual({ transferred: 200, waiting: 250 });
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  expect(await transferFromMember(alain, { ...place(), toAddress: nadia.address })).toMatchObject({
    refusal: { code: 'handover.under-way', data: { address: world.paul.address } },
  });
  const handover = (await findHandoverOf(alain, place())) ?? fail();
  const key = { organisationId: world.organisationId, id: handover.id };
  await Promise.all([handOverJob.run(world.ctx, key), handOverJob.run(world.ctx, key)]);
  await world.runJobs();
  expect([await heldBy(world.marie.personaId), await heldBy(world.paul.personaId)]).toEqual([0, 450]);
  expect(await findHandoverOf(alain, place())).toBeUndefined();
  expect(await lines()).toEqual([
    ['conversations.transfer-begun', { conversations: 450, recipient: world.paul.address }],
    ['conversations.transferred', { conversations: 450, recipient: world.paul.address }],
  ]);
  expect((await noticesTo(world.paul.address)).map((mail) => mail.text.replaceAll(/\s+/gu, ' ').includes('450 conversations'))).toEqual([true]);
});

test('000-A2: a process that died halfway is taken up again by the sweep; a colleague who is none any more stops it, and the rest stays where it is', async () => {
  await marieHolds(450);
  done(await toPaul());
  const key = { organisationId: world.organisationId, id: ((await findHandoverOf(alain, place())) ?? fail()).id };
  // Its job is lost: what waits in memory is another's by now.
  await sql`update handovers set moved_at = ${new Date(world.clock.now().getTime() - 120_000)} where id = ${key.id}`.execute(world.ctx.db);
  await handOverJob.run(world.ctx, key);
  expect(await findHandoverOf(alain, place())).toMatchObject({ moved: 400 });
  done(
    await setMembershipStatus(world.ctx, { organisationId: world.organisationId, personaId: world.paul.personaId, role: 'collaborator', status: 'suspended' }),
  );
  world.clock.advance(61);
  await resumeHandovers(world.ctx);
  await world.runJobs();
  expect(await findHandoverOf(alain, place())).toMatchObject({ moved: 400, stopped: 'holder.not-a-collaborator' });
  expect([await heldBy(world.marie.personaId), await heldBy(world.paul.personaId)]).toEqual([50, 400]);
  expect((await lines()).at(-1)).toEqual(['conversations.transferred', { conversations: 400, recipient: world.paul.address }]);
  const nadia = await world.hire('Nadia Roy', world.nadiaAddress);
  expect(done(await transferFromMember(alain, { ...place(), toAddress: nadia.address }))).toEqual({ transferred: 50, waiting: 0 });
});

test('000-A2 000-07: nobody but its administrators sees how far a hand-over is', async () => {
  await marieHolds(201);
  done(await toPaul());
  for (const person of [world.marie, world.paul, world.jean]) expect(await findHandoverOf(await world.as(person.profileId), place())).toBeUndefined();
});

function fail(): never {
  throw new Error('Not found');
}
