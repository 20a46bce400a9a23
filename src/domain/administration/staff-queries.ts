import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '#context';
import type { HeldRole } from '#domain/organisations/api.ts';

export type StaffRow = {
  personaId: string;
  address: string;
  name: string | null;
  profileStatus: string | null;
  roles: HeldRole[];
  /** Has proven the address, or chosen a password. */
  hasComeIn: boolean;
};

type Word = { plain: string; folded: string };
type Asked = { organisationId: string; words: readonly Word[]; limit: number; offset: number } & ({ ended: boolean } | { personaId: string });

// The expressions of the indexes `personas_by_word` and `profiles_by_word`, to the letter.
const addressWords = sql`to_tsvector('simple', translate(a.address_key, '@.-_+', '     '))`;
const nameWords = sql`to_tsvector('simple', translate(lower(f.display_name), 'àâäáãçéèêëíîïñóôöõúùûüÿ''’-', 'aaaaaceeeeiiinoooouuuuy   '))`;

/** An organisation's people by address, with the roles they hold or held there, and how many there are in all. */
export async function selectStaff(ctx: Ctx, asked: Asked): Promise<{ rows: StaffRow[]; total: number }> {
  const which = 'personaId' in asked ? sql`and persona_id = ${asked.personaId}` : sql``;
  const kept = 'personaId' in asked ? sql`` : asked.ended ? sql`having bool_and(status = 'ended')` : sql`having bool_or(status <> 'ended')`;
  const { rows } = await sql<RawStaff>`
    select a.id, a.address, f.display_name, f.status, m.roles, count(*) over ()::int as total,
      exists (select from sign_in_methods s where s.profile_id = f.id) as has_come_in
    from (
      select persona_id, json_agg(json_build_object('role', role, 'status', status) order by role desc) as roles
      from memberships where organisation_id = ${asked.organisationId} ${which} ${narrowed(asked.words)}
      group by persona_id ${kept}
    ) m
    join personas a on a.id = m.persona_id left join profiles f on f.id = a.profile_id
    where true ${sql.join(asked.words.map(matches), sql` `)}
    order by a.address_key limit ${asked.limit} offset ${asked.offset}`.execute(ctx.db);
  return { rows: rows.map(toRow), total: rows[0]?.total ?? 0 };
}

/** The longest word is looked for in the indexes first: few are left for the others to be compared with. */
function narrowed(words: readonly Word[]): RawBuilder<unknown> {
  const [longest] = [...words].sort((one, other) => other.plain.length - one.plain.length);
  if (!longest) return sql``;
  return sql`and persona_id in (
    select a.id from personas a where ${addressWords} @@ ${beginsWith(longest.plain)}
    union select a.id from profiles f join personas a on a.profile_id = f.id where ${nameWords} @@ ${beginsWith(longest.folded)})`;
}

function matches(word: Word): RawBuilder<unknown> {
  return sql`and (${addressWords} @@ ${beginsWith(word.plain)} or ${nameWords} @@ ${beginsWith(word.folded)})`;
}

/** Letters and digits alone come here: nothing in them is an operator. */
function beginsWith(word: string): RawBuilder<unknown> {
  return sql`to_tsquery('simple', ${`${word}:*`})`;
}

type RawStaff = {
  id: string;
  address: string;
  display_name: string | null;
  status: string | null;
  roles: HeldRole[];
  total: number;
  has_come_in: boolean;
};

function toRow(row: RawStaff): StaffRow {
  return {
    personaId: row.id,
    address: row.address,
    name: row.display_name,
    profileStatus: row.status,
    roles: row.roles,
    hasComeIn: row.has_come_in,
  };
}
