import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { isClosed } from './taking-part-queries.ts';

let world: Innovactione;

beforeEach(async () => {
  world = await makeInnovactione();
});
afterEach(() => world.dispose());

/** A role that Jean holds or held, begun before he was added to the conversation or after. */
const states = ['none', 'active', 'suspended', 'ended-since', 'ended-before'] as const;
const times = { 'ended-since': ['-1 day', '1 day'], 'ended-before': ['-2 days', '-1 day'], active: ['-1 day', null], suspended: ['-1 day', null] } as const;

test('000-A1: what is said of one participation is what `closed_parts` says of all, whatever roles are and were held', async () => {
  const { db } = world.ctx;
  await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [world.jean.address] });
  const { personaId } = world.jean;
  const seen = new Set<boolean>();
  for (const first of states) {
    for (const second of states) {
      for (const [role, state] of [['collaborator', first] as const, ['administrator', second] as const]) {
        if (state === 'none') continue;
        const [begun, ended] = times[state];
        await sql`insert into memberships (organisation_id, id, persona_id, role, status, created_at, ended_at)
          select p.organisation_id, gen_random_uuid(), p.persona_id, ${role}, ${state.split('-')[0]}, p.added_at + ${begun}::interval, p.added_at + ${ended}::interval
          from participations p where p.persona_id = ${personaId}`.execute(db);
      }
      const { rows } = await sql<{ here: boolean; there: boolean }>`
        select ${sql.raw(isClosed)} as here, exists (select from closed_parts c where c.persona_id = p.persona_id and c.conversation_id = p.conversation_id) as there
        from participations p where p.persona_id = ${personaId}`.execute(db);
      expect(rows, `${first} and ${second}`).toHaveLength(1);
      expect(rows[0]?.here, `${first} and ${second}`).toBe(rows[0]?.there);
      seen.add(rows[0]?.here ?? false);
      await sql`delete from memberships where persona_id = ${personaId}`.execute(db);
    }
  }
  expect(seen).toEqual(new Set([true, false]));
});
