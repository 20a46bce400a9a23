import { sql } from 'kysely';
import type { Ctx } from '#context';
import type { Role } from '#shared/people.ts';

/** Statements over a whole batch at once: a list of 100 000 people is a hundred of each. */

export async function insertListedPersonas(ctx: Ctx, personas: { id: string; key: string; address: string }[]): Promise<void> {
  await sql`
    insert into personas (id, address, address_key, created_at)
    select id, address, key, ${ctx.now()} from unnest(${column(personas, 'id')}::uuid[], ${column(personas, 'address')}::text[], ${column(personas, 'key')}::text[])
      as listed (id, address, key)
    order by key
    on conflict (address_key) do nothing`.execute(ctx.db);
}

/** By folded address, locked in the order of their ids until the transaction ends. */
export async function listKnownPersonas(ctx: Ctx, keys: readonly string[]): Promise<Map<string, { id: string; profileId: string | undefined }>> {
  const rows = await ctx.db
    .selectFrom('personas')
    .select(['id', 'address_key', 'profile_id'])
    .where('address_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.address_key, { id: row.id, profileId: row.profile_id ?? undefined }]));
}

type Newcomer = { personaId: string; profileId: string; name: string };

export async function insertListedProfiles(ctx: Ctx, newcomers: Newcomer[]): Promise<void> {
  await sql`
    insert into profiles (id, display_name, created_at)
    select id, name, ${ctx.now()} from unnest(${column(newcomers, 'profileId')}::uuid[], ${column(newcomers, 'name')}::text[]) as listed (id, name)`.execute(
    ctx.db,
  );
}

/** The administrator vouches for the addresses; the organisation answers for those that no other one writes to (`vouchForAddresses`). */
export async function adoptListedPersonas(ctx: Ctx, organisationId: string, newcomers: Newcomer[]): Promise<void> {
  await sql`
    update personas p set profile_id = listed.profile_id, confirmed_at = coalesce(p.confirmed_at, ${ctx.now()}),
      vouched_by = case when exists (select from participations t where t.persona_id = p.id and t.organisation_id <> ${organisationId}::uuid)
        then p.vouched_by else ${organisationId}::uuid end
    from unnest(${column(newcomers, 'personaId')}::uuid[], ${column(newcomers, 'profileId')}::uuid[]) as listed (id, profile_id)
    where p.id = listed.id and p.profile_id is null`.execute(ctx.db);
}

export type ListedMembership = { id: string; personaId: string; role: Role };

/** Tells how many were not in force before. */
export async function upsertListedMemberships(ctx: Ctx, organisationId: string, memberships: ListedMembership[]): Promise<number> {
  const written = await sql`
    insert into memberships (id, organisation_id, persona_id, role, status, created_at)
    select id, ${organisationId}, persona_id, role, 'active', ${ctx.now()}
    from unnest(${column(memberships, 'id')}::uuid[], ${column(memberships, 'personaId')}::uuid[], ${column(memberships, 'role')}::text[])
      as listed (id, persona_id, role)
    on conflict (organisation_id, persona_id, role) do update set status = 'active', ended_at = null where memberships.status <> 'active'`.execute(ctx.db);
  return Number(written.numAffectedRows ?? 0);
}

function column<Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name][] {
  return rows.map((row) => row[name]);
}
