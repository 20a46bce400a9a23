import { atomically, type Ctx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { ok, refuse } from '#result';
import { addressKey } from '#shared/people.ts';
import {
  adoptListedPersonas,
  insertListedPersonas,
  insertListedProfiles,
  type ListedMembership,
  listKnownPersonas,
  upsertListedMemberships,
} from './import-queries.ts';
import { type ImportFault, type ListedPerson, readPeople } from './read-people.ts';

export type ImportCounts = {
  lines: number;
  /** Accounts that did not exist. */
  created: number;
  /** Roles that were not in force. */
  roles: number;
};
export type ImportOutcome = { done: true; counts: ImportCounts } | { done: false; faults: ImportFault[] };

const atOnce = 1000;

/**
 * Gives everybody in a CSV file an account and a role: all of them, or nobody when a line cannot be taken. Twice is once: somebody known keeps
 * their name, and an account that was suspended stays so. Without `apply` the same is done and undone, so that what is foretold is what would be.
 */
export async function importPeople(
  ctx: Ctx,
  asked: { organisationId: string; source: AsyncIterable<Buffer>; apply: boolean; progress: (stage: 'read' | 'written', lines: number) => void },
): Promise<ImportOutcome> {
  const { people, faults, lines } = await readPeople(asked.source, (read) => asked.progress('read', read));
  if (faults.length > 0) return { done: false, faults };
  const counts: ImportCounts = { lines, created: 0, roles: 0 };
  await atomically(ctx, async (inside) => {
    for (let from = 0; from < people.length; from += atOnce) {
      const batch = people.slice(from, from + atOnce);
      const written = await importBatch(inside, asked.organisationId, batch);
      counts.created += written.created;
      counts.roles += written.roles;
      asked.progress('written', from + batch.length);
    }
    await recordAudit(inside, { organisationId: asked.organisationId, kind: 'people.imported', details: counts });
    // A refusal undoes what was written before it.
    return asked.apply ? ok() : refuse('organisation.not-found');
  });
  return { done: true, counts };
}

async function importBatch(ctx: Ctx, organisationId: string, people: ListedPerson[]): Promise<{ created: number; roles: number }> {
  // Of an address written twice, for two roles, the first writing is kept.
  const byKey = new Map(people.toReversed().map((person) => [addressKey(person.address), person]));
  await insertListedPersonas(
    ctx,
    [...byKey].map(([key, { address }]) => ({ id: ctx.newId(), key, address })),
  );
  const personas = await listKnownPersonas(ctx, [...byKey.keys()]);
  const newcomers = [...personas].flatMap(([key, persona]) =>
    persona.profileId === undefined ? [{ personaId: persona.id, profileId: ctx.newId(), name: byKey.get(key)?.name ?? '' }] : [],
  );
  await insertListedProfiles(ctx, newcomers);
  await adoptListedPersonas(ctx, organisationId, newcomers);
  const memberships = people.flatMap(({ address, role }): ListedMembership[] => {
    const persona = personas.get(addressKey(address));
    return persona ? [{ id: ctx.newId(), personaId: persona.id, role }] : [];
  });
  const roles = await upsertListedMemberships(ctx, organisationId, memberships);
  return { created: newcomers.length, roles };
}
