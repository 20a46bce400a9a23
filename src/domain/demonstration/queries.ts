import { sql } from 'kysely';
import type { Ctx, Database } from '#context';
import { type Role, roles } from '#shared/people.ts';

/** Holds whoever else would mark the installation, or load its world, until this transaction ends; readers go on. */
export async function lockMark(db: Database): Promise<void> {
  await sql`lock table installation in share row exclusive mode`.execute(db);
}

/** What this database is for ever, once it has been marked. */
export async function findMark(db: Database): Promise<{ demonstration: boolean } | undefined> {
  return db.selectFrom('installation').select('demonstration').executeTakeFirst();
}

export async function insertMark(db: Database, { demonstration, now }: { demonstration: boolean; now: Date }): Promise<void> {
  await db.insertInto('installation').values({ demonstration, created_at: now }).execute();
}

/** Somebody or something is in it, whatever it is marked as. */
export async function isInUse(db: Database): Promise<boolean> {
  const organisation = await db.selectFrom('organisations').select('id').limit(1).executeTakeFirst();
  const persona = await db.selectFrom('personas').select('id').limit(1).executeTakeFirst();
  return organisation !== undefined || persona !== undefined;
}

/** The memberships in force of a profile's addresses. */
export async function listActorMemberships(ctx: Ctx, profileId: string): Promise<{ organisationId: string; personaId: string; role: Role }[]> {
  const rows = await ctx.db
    .selectFrom('memberships')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .select(['memberships.organisation_id', 'memberships.persona_id', 'memberships.role'])
    .where('personas.profile_id', '=', profileId)
    .where('memberships.status', '=', 'active')
    .orderBy('memberships.created_at')
    .orderBy('memberships.id')
    .limit(100)
    .execute();
  return rows.flatMap((row) => {
    const role = roles.find((known) => known === row.role);
    return role ? [{ organisationId: row.organisation_id, personaId: row.persona_id, role }] : [];
  });
}

/** The message that opens a conversation. */
export async function getFirstMessageId(ctx: Ctx, conversationId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('position', '=', 1)
    .executeTakeFirstOrThrow();
  return row.id;
}
