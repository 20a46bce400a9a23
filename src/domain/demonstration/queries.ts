import type { Ctx } from '#context';
import type { Role } from '#shared/people.ts';
import { roles } from '#shared/people.ts';

/** Locks the row that says what this database is: two processes that start together load one world. */
export async function lockInstallation(ctx: Ctx): Promise<{ demonstration: boolean } | undefined> {
  return ctx.db.selectFrom('installation').select('demonstration').forUpdate().executeTakeFirst();
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
