import { sql } from 'kysely';
import type { Ctx } from '#context';
import { addressKey } from '#shared/people.ts';
import type { AuditFilter } from './list-entries.ts';

export type NewAuditEntry = {
  organisationId: string;
  kind: string;
  actorProfileId: string | undefined;
  actorAddress: string | undefined;
  subjectAddress: string | undefined;
  details: object;
};

export async function insertAuditEntry(ctx: Ctx, entry: NewAuditEntry): Promise<void> {
  await ctx.db
    .insertInto('audit_entries')
    .values({
      organisation_id: entry.organisationId,
      id: ctx.newId(),
      at: ctx.now(),
      kind: entry.kind,
      actor_profile_id: entry.actorProfileId ?? null,
      actor_address: entry.actorAddress ?? null,
      subject_address: entry.subjectAddress ?? null,
      details: JSON.stringify(entry.details),
    })
    .execute();
}

/** Every organisation in which the address holds a role in force; as many ids as there may be of them are given. */
export async function insertLockedEntries(ctx: Ctx, locked: { addressKey: string; means: string; ids: readonly string[] }): Promise<void> {
  await sql`
    insert into audit_entries (organisation_id, id, at, kind, subject_address, details)
    select employer.organisation_id, made.id, ${ctx.now()}, 'sign-in.locked', employer.address, jsonb_build_object('means', ${locked.means}::text)
    from (
      select m.organisation_id, a.address, row_number() over (order by m.organisation_id) as n
      from personas a join memberships m on m.persona_id = a.id and m.status = 'active'
      where a.address_key = ${locked.addressKey}
      group by m.organisation_id, a.address
    ) employer
    join unnest(${[...locked.ids]}::uuid[]) with ordinality as made (id, n) on made.n = employer.n`.execute(ctx.db);
}

/** A line of the journal. `details` is what `recordAudit` was given. */
export type AuditEntry = {
  id: string;
  at: Date;
  kind: string;
  actorAddress: string | undefined;
  subjectAddress: string | undefined;
  details: Record<string, unknown>;
};

/** The line after which the next page begins. */
export type Cursor = { at: Date; id: string };

type Asked = { organisationId: string; filter: AuditFilter; after?: Cursor | undefined; limit: number };

/** Lines of one organisation, the newest first. */
export async function selectEntries(ctx: Ctx, { organisationId, filter, after, limit }: Asked): Promise<AuditEntry[]> {
  const { from, to, kind, person } = filter;
  const rows = await ctx.db
    .selectFrom('audit_entries')
    .select(['id', 'at', 'kind', 'actor_address', 'subject_address', 'details'])
    .where('organisation_id', '=', organisationId)
    .$if(from !== undefined, (lines) => lines.where('at', '>=', from ?? ctx.now()))
    .$if(to !== undefined, (lines) => lines.where('at', '<', to ?? ctx.now()))
    .$if(kind !== undefined, (lines) => lines.where('kind', '=', kind ?? ''))
    .$if(person !== undefined, (lines) => lines.where((line) => line.or(concerned(person ?? ''))))
    .$if(after !== undefined, (lines) => lines.where(sql<boolean>`(at, id) < (${after?.at}, ${after?.id})`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    actorAddress: row.actor_address ?? undefined,
    subjectAddress: row.subject_address ?? undefined,
    details: Object(row.details),
  }));
}

/** The one who did it, or to whom it was done. */
function concerned(address: string) {
  const key = addressKey(address);
  return [sql<boolean>`lower(actor_address) = ${key}`, sql<boolean>`lower(subject_address) = ${key}`];
}
