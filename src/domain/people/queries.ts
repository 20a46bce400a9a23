import { type Selectable, sql } from 'kysely';
import type { Ctx, ListChoice } from '#context';
import type { Profiles } from '#platform/database/schema.ts';
import { locales } from '#shared/locales.ts';
import { addressKey } from '#shared/people.ts';
import type { Persona, Profile } from './people.ts';
import { themes } from './people.ts';

const profileColumns = ['id', 'display_name', 'locale', 'time_zone', 'theme', 'status'] as const;

/** Personas by id, in one query; ids that name nothing are absent. */
export async function getPersonas(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Persona>> {
  if (ids.length === 0) return new Map();
  const rows = await selectPersonas(ctx)
    .where('personas.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toPersona(row)]));
}

/** The persona of an address, whoever it belongs to. */
export async function findPersonaByAddress(ctx: Ctx, address: string): Promise<Persona | undefined> {
  // A character that no text of the database holds, or half of one, is in nobody's address.
  if (address.includes('\0') || !address.isWellFormed()) return undefined;
  const row = await selectPersonas(ctx).where('personas.address_key', '=', addressKey(address)).executeTakeFirst();
  return row && toPersona(row);
}

/** The addresses of a profile, oldest first; bounded, nobody has a hundred. */
export async function listPersonas(ctx: Ctx, profileId: string): Promise<Persona[]> {
  const rows = await selectPersonas(ctx)
    .where('personas.profile_id', '=', profileId)
    .orderBy('personas.created_at')
    .orderBy('personas.id')
    .limit(100)
    .execute();
  return rows.map(toPersona);
}

/** For administration: people by name, at most 1 000 from `after` (a profile id) on. */
export async function listPeople(ctx: Ctx, after?: string): Promise<(Profile & { addresses: string[] })[]> {
  const rows = await ctx.db
    .selectFrom('profiles')
    .leftJoin('personas', 'personas.profile_id', 'profiles.id')
    .select(profileColumns.map((column) => `profiles.${column}` as const))
    .select(({ fn }) => fn.agg<string[]>('array_agg', ['personas.address']).as('addresses'))
    .$if(after !== undefined, (people) => people.where('profiles.id', '>', after ?? ''))
    .groupBy('profiles.id')
    .orderBy('profiles.id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({ ...toProfile(row), addresses: row.addresses.filter((address) => address !== null) }));
}

export async function findProfile(ctx: Ctx, id: string): Promise<Profile | undefined> {
  const row = await ctx.db.selectFrom('profiles').select(profileColumns).where('id', '=', id).executeTakeFirst();
  return row && toProfile(row);
}

/** Whoever changes the addresses of this profile at the same moment waits until the transaction ends. */
export async function lockProfile(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.selectFrom('profiles').select('id').where('id', '=', id).forUpdate().execute();
}

export async function insertProfile(ctx: Ctx, profile: Profile): Promise<void> {
  await ctx.db
    .insertInto('profiles')
    .values({
      id: profile.id,
      display_name: profile.displayName,
      locale: profile.locale ?? null,
      time_zone: profile.timeZone ?? null,
      theme: profile.theme,
      status: profile.status,
      created_at: ctx.now(),
    })
    .execute();
}

export async function updateProfileSettings(ctx: Ctx, profile: Omit<Profile, 'status'>): Promise<void> {
  await ctx.db
    .updateTable('profiles')
    .set({ display_name: profile.displayName, locale: profile.locale ?? null, time_zone: profile.timeZone ?? null, theme: profile.theme })
    .where('id', '=', profile.id)
    .execute();
}

export async function updateListChoice(ctx: Ctx, profileId: string, { size, order }: ListChoice): Promise<void> {
  await ctx.db.updateTable('profiles').set({ list_size: size, list_order: order }).where('id', '=', profileId).execute();
}

export async function updateProfileStatus(ctx: Ctx, id: string, status: Profile['status']): Promise<boolean> {
  const ended = status === 'suspended' ? { sessions_void_before: ctx.sessionNow() } : {};
  const updated = await ctx.db
    .updateTable('profiles')
    .set({ status, ...ended })
    .where('id', '=', id)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** The personas of folded addresses, whoever they belong to; addresses nobody was ever written to are absent. */
export async function listPersonasByKey(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Persona>> {
  const rows = await selectPersonas(ctx)
    .select('personas.address_key')
    .where('personas.address_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.address_key, toPersona(row)]));
}

/** Inserts the addresses that are not there, by folded address; two invitations at the same time give one persona. */
export async function insertPersonasIfAbsent(ctx: Ctx, addresses: ReadonlyMap<string, string>): Promise<void> {
  // In the order of addresses: two conversations started with the same new people wait for each other instead of blocking.
  const sorted = [...addresses].sort(([a], [b]) => (a < b ? -1 : 1));
  await ctx.db
    .insertInto('personas')
    .values(sorted.map(([key, address]) => ({ id: ctx.newId(), address, address_key: key, created_at: ctx.now() })))
    .onConflict((conflict) => conflict.column('address_key').doNothing())
    .execute();
}

/** Gives an open persona that has no profile, or already has this one, to `profileId`; false when it is somebody else's. */
export async function updatePersonaOwner(ctx: Ctx, address: string, profileId: string): Promise<boolean> {
  const updated = await ctx.db
    .updateTable('personas')
    .set((row) => ({ profile_id: profileId, confirmed_at: row.fn.coalesce('confirmed_at', row.val(ctx.now())) }))
    .where('address_key', '=', addressKey(address))
    .where('closed_at', 'is', null)
    .where((row) => row.or([row('profile_id', 'is', null), row('profile_id', '=', profileId)]))
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

export async function updatePersonaClosed(ctx: Ctx, personaId: string, closedAt: Date | null): Promise<void> {
  await ctx.db.updateTable('personas').set({ closed_at: closedAt }).where('id', '=', personaId).execute();
}

/** Nobody's any more: what it wrote stays under its address alone. Its organisation answers for it no longer. */
export async function updatePersonaLeft(ctx: Ctx, personaId: string): Promise<void> {
  await ctx.db.updateTable('personas').set({ profile_id: null, confirmed_at: null, vouched_by: null }).where('id', '=', personaId).execute();
}

/** The sessions begun until now are over, whatever is begun at this very moment elsewhere. */
export async function updateSessionsVoid(ctx: Ctx, profileId: string): Promise<void> {
  await ctx.db.updateTable('profiles').set({ sessions_void_before: ctx.sessionNow() }).where('id', '=', profileId).execute();
}

/** Somebody who has left: their name stands nowhere any more, and nobody signs in as them. */
export async function updateProfileErased(ctx: Ctx, profileId: string): Promise<void> {
  await ctx.db
    .updateTable('profiles')
    .set({ display_name: '', locale: null, time_zone: null, status: 'suspended', sessions_void_before: ctx.sessionNow() })
    .where('id', '=', profileId)
    .execute();
}

function selectPersonas(ctx: Ctx) {
  return ctx.db
    .selectFrom('personas')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .select(['personas.id', 'personas.address', 'personas.profile_id', 'personas.confirmed_at', 'personas.closed_at', 'profiles.display_name'])
    .select(['personas.vouched_by', 'profiles.status as profile_status']);
}

type PersonaRow = Awaited<ReturnType<ReturnType<typeof selectPersonas>['execute']>>[number];

function toPersona(row: PersonaRow): Persona {
  return {
    id: row.id,
    address: row.address,
    profileId: row.profile_id ?? undefined,
    displayName: row.display_name ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    vouchedBy: row.vouched_by ?? undefined,
    suspended: row.profile_status === 'suspended',
  };
}

function toProfile(row: Pick<Selectable<Profiles>, (typeof profileColumns)[number]>): Profile {
  return {
    id: row.id,
    displayName: row.display_name,
    locale: locales.find((locale) => locale === row.locale),
    timeZone: row.time_zone ?? undefined,
    theme: themes.find((theme) => theme === row.theme) ?? 'auto',
    status: row.status === 'suspended' ? 'suspended' : 'active',
  };
}
