import { afterEach, beforeEach, expect, test } from 'vitest';
import { atomically } from '#context';
import { refuse } from '#result';
import { type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { recordAudit } from './api.ts';

let world: Innovactione;
beforeEach(async () => {
  world = await makeInnovactione();
});
afterEach(() => world.dispose());

const lines = () => world.ctx.db.selectFrom('audit_entries').select(['kind', 'at', 'actor_address', 'subject_address', 'details']).orderBy('id').execute();

test('000-A4: a line says who, what, to whom and when, with addresses as text, and is not without its act', async () => {
  const alain = await world.as(world.alain.profileId);
  const record = {
    organisationId: world.organisationId,
    kind: 'person.suspended',
    subject: { address: world.marie.address },
    details: { sessions: 2 },
  } as const;
  await atomically(alain, async (inside) => {
    await recordAudit(inside, record);
    return refuse('person.not-found');
  });
  expect(await lines()).toEqual([]);
  await recordAudit(alain, record);
  await recordAudit(world.ctx, { ...record, kind: 'person.reactivated' });
  expect(await lines()).toEqual([
    {
      kind: 'person.suspended',
      at: world.clock.now(),
      actor_address: world.alain.address,
      subject_address: world.marie.address,
      details: { sessions: 2 },
    },
    { kind: 'person.reactivated', at: world.clock.now(), actor_address: null, subject_address: world.marie.address, details: { sessions: 2 } },
  ]);
});
