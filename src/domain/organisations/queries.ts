import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { Organisations } from '#platform/database/schema.ts';
import { defaultLocale, locales } from '#shared/locales.ts';
import type { Role } from '#shared/people.ts';
import type { Membership, MembershipStatus, Organisation } from './organisations.ts';

const columns = ['id', 'slug', 'name', 'time_zone', 'locale', 'expiry_days', 'support_phone', 'support_email', 'support_hours_fr', 'support_hours_en'] as const;

export async function findOrganisationBySlug(ctx: Ctx, slug: string): Promise<Organisation | undefined> {
  const row = await ctx.db.selectFrom('organisations').select(columns).where('slug', '=', slug).executeTakeFirst();
  return row && toOrganisation(row);
}

/** Oldest first: the first one made runs the installation. */
export async function listOrganisations(ctx: Ctx): Promise<Organisation[]> {
  const rows = await ctx.db.selectFrom('organisations').select(columns).orderBy('created_at').orderBy('id').limit(1000).execute();
  return rows.map(toOrganisation);
}

/** These organisations, by name. */
export async function listOrganisationsById(ctx: Ctx, ids: readonly string[]): Promise<Organisation[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('organisations')
    .select(columns)
    .where('id', 'in', [...ids])
    .orderBy('name')
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map(toOrganisation);
}

/** Which of these personas are collaborators in force of the organisation. */
export async function listActiveCollaborators(ctx: Ctx, asked: { organisationId: string; personaIds: readonly string[] }): Promise<Set<string>> {
  if (asked.personaIds.length === 0) return new Set();
  const rows = await ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .innerJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select('memberships.persona_id')
    .where('memberships.organisation_id', '=', asked.organisationId)
    .where('memberships.persona_id', 'in', [...asked.personaIds])
    .where('memberships.role', '=', sql.lit('collaborator'))
    .where('memberships.status', '=', sql.lit('active'))
    .where('profiles.status', '=', sql.lit('active'))
    .execute();
  return new Set(rows.map((row) => row.persona_id));
}

/** Whether somebody holds a staff role in force anywhere: by profile, or by an address that has no profile yet. */
export async function isStaff(ctx: Ctx, who: { profileId: string } | { personaId: string }): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .select('memberships.id')
    .where('memberships.status', '=', sql.lit('active'))
    .where('profileId' in who ? 'personas.profile_id' : 'personas.id', '=', 'profileId' in who ? who.profileId : who.personaId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Which of these personas hold a role somewhere, suspended ones too. */
export async function listHoldingRoles(ctx: Ctx, personaIds: readonly string[]): Promise<Set<string>> {
  if (personaIds.length === 0) return new Set();
  const rows = await ctx.db
    .selectFrom('memberships')
    .select('persona_id')
    .distinct()
    .where('persona_id', 'in', [...personaIds])
    .where('status', '<>', sql.lit('ended'))
    .execute();
  return new Set(rows.map((row) => row.persona_id));
}

/** The names of the organisations in which these personas hold a role in force. */
export async function listOrganisationNames(ctx: Ctx, personaIds: readonly string[]): Promise<string[]> {
  if (personaIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('memberships')
    .innerJoin('organisations', 'organisations.id', 'memberships.organisation_id')
    .select('organisations.name')
    .distinct()
    .where('memberships.persona_id', 'in', [...personaIds])
    .where('memberships.status', '=', sql.lit('active'))
    .orderBy('organisations.name')
    .limit(100)
    .execute();
  return rows.map((row) => row.name);
}

export async function selectHolders(ctx: Ctx, profileId: string) {
  return ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .innerJoin('organisations', 'organisations.id', 'memberships.organisation_id')
    .select(['personas.id as personaId', 'personas.address', 'organisations.id as organisationId'])
    .select(['organisations.name as organisationName', 'organisations.time_zone as timeZone', 'organisations.expiry_days as expiryDays'])
    .where('personas.profile_id', '=', profileId)
    .where('memberships.role', '=', sql.lit('collaborator'))
    .where('memberships.status', '=', sql.lit('active'))
    .orderBy('personas.created_at')
    .orderBy('organisations.name')
    .orderBy('organisations.id')
    .limit(100)
    .execute();
}

export async function insertOrganisation(ctx: Ctx, organisation: Organisation): Promise<void> {
  await ctx.db
    .insertInto('organisations')
    .values({
      id: organisation.id,
      slug: organisation.slug,
      name: organisation.name,
      time_zone: organisation.timeZone,
      locale: organisation.locale,
      expiry_days: organisation.expiryDays ?? null,
      support_phone: organisation.support.phone ?? null,
      support_email: organisation.support.email ?? null,
      support_hours_fr: organisation.support.hoursFr ?? null,
      support_hours_en: organisation.support.hoursEn ?? null,
      created_at: ctx.now(),
    })
    .execute();
}

/** Adds the membership, or puts it back in force if there was one. */
export async function upsertMembership(ctx: Ctx, membership: Omit<Membership, 'id'>): Promise<string> {
  const row = await ctx.db
    .insertInto('memberships')
    .values({
      id: ctx.newId(),
      organisation_id: membership.organisationId,
      persona_id: membership.personaId,
      role: membership.role,
      status: 'active',
      created_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'persona_id', 'role']).doUpdateSet({ status: 'active', ended_at: null }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await vouchForAddresses(ctx, membership.organisationId, [membership.personaId]);
  return row.id;
}

/**
 * The organisation answers for those of these addresses whose account it opens: nobody has signed in with them, no other organisation answers
 * for them or writes to them. Only these may it close later.
 */
async function vouchForAddresses(ctx: Ctx, organisationId: string, personaIds: readonly string[]): Promise<void> {
  await sql`
    update personas a set vouched_by = ${organisationId}
    where a.id = any(${[...personaIds]}::uuid[]) and a.vouched_by is null
      and not exists (select from sign_in_methods s where s.profile_id = a.profile_id)
      and not exists (select from participations p where p.persona_id = a.id and p.organisation_id <> ${organisationId})`.execute(ctx.db);
}

export type HeldRole = { role: Role; status: MembershipStatus };

/** The roles an address holds or held in an organisation, locked until the transaction ends. */
export async function lockRoles(ctx: Ctx, member: { organisationId: string; personaId: string }): Promise<HeldRole[]> {
  const rows = await ctx.db
    .selectFrom('memberships')
    .select(['role', 'status'])
    .where('organisation_id', '=', member.organisationId)
    .where('persona_id', '=', member.personaId)
    .orderBy('role')
    .forUpdate()
    .execute();
  return rows as HeldRole[]; // as: both columns' checks list the same words
}

/** Whether anybody but this address administers the organisation; whoever asks at the same moment waits. */
export async function lockOtherAdministrators(ctx: Ctx, member: { organisationId: string; personaId: string }): Promise<boolean> {
  await sql`select id from organisations where id = ${member.organisationId} for update`.execute(ctx.db);
  const other = await ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .innerJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select('memberships.id')
    .where('memberships.organisation_id', '=', member.organisationId)
    .where('memberships.persona_id', '<>', member.personaId)
    .where('memberships.role', '=', sql.lit('administrator'))
    .where('memberships.status', '=', sql.lit('active'))
    .where('personas.closed_at', 'is', null)
    .where('profiles.status', '=', sql.lit('active'))
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** Whether an address holds a role in force in another organisation. */
export async function isStaffElsewhere(ctx: Ctx, member: { organisationId: string; personaId: string }): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('memberships')
    .select('id')
    .where('persona_id', '=', member.personaId)
    .where('organisation_id', '<>', member.organisationId)
    .where('status', '=', sql.lit('active'))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The organisations in which a profile holds a role in force, by id. */
export async function listEmployers(ctx: Ctx, profileId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .select('memberships.organisation_id')
    .distinct()
    .where('personas.profile_id', '=', profileId)
    .where('memberships.status', '=', sql.lit('active'))
    .orderBy('memberships.organisation_id')
    .limit(100)
    .execute();
  return rows.map((row) => row.organisation_id);
}

export async function updateMembershipStatus(
  ctx: Ctx,
  membership: Omit<Membership, 'id' | 'role'> & { role: Role; status: MembershipStatus },
): Promise<boolean> {
  const updated = await ctx.db
    .updateTable('memberships')
    .set({ status: membership.status, ended_at: membership.status === 'ended' ? ctx.now() : null })
    .where('organisation_id', '=', membership.organisationId)
    .where('persona_id', '=', membership.personaId)
    .where('role', '=', membership.role)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

function toOrganisation(row: Pick<Selectable<Organisations>, (typeof columns)[number]>): Organisation {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    locale: locales.find((locale) => locale === row.locale) ?? defaultLocale,
    expiryDays: row.expiry_days ?? undefined,
    support: {
      phone: row.support_phone ?? undefined,
      email: row.support_email ?? undefined,
      hoursFr: row.support_hours_fr ?? undefined,
      hoursEn: row.support_hours_en ?? undefined,
    },
  };
}
