import type { Ctx } from '#context';
import { type Role, roles } from '#shared/people.ts';

export type Invitation = { profileId: string; name: string; address: string };

export async function insertInvitation(ctx: Ctx, invitation: { tokenHash: string; profileId: string; personaId: string; expiresAt: Date }): Promise<void> {
  await ctx.db
    .insertInto('invitations')
    .values({
      token_hash: invitation.tokenHash,
      profile_id: invitation.profileId,
      persona_id: invitation.personaId,
      created_at: ctx.now(),
      expires_at: invitation.expiresAt,
    })
    .execute();
}

/** One that still serves, of somebody who is not suspended. */
export async function findInvitation(ctx: Ctx, tokenHash: string): Promise<Invitation | undefined> {
  const row = await ctx.db
    .selectFrom('invitations')
    .innerJoin('profiles', 'profiles.id', 'invitations.profile_id')
    .innerJoin('personas', 'personas.id', 'invitations.persona_id')
    .select(['profiles.id', 'profiles.display_name', 'personas.address'])
    .where('invitations.token_hash', '=', tokenHash)
    .where('invitations.used_at', 'is', null)
    .where('invitations.expires_at', '>', ctx.now())
    .where('profiles.status', '=', 'active')
    .executeTakeFirst();
  return row && { profileId: row.id, name: row.display_name, address: row.address };
}

/** False when it has served already, or is too old. */
export async function updateInvitationUsed(ctx: Ctx, tokenHash: string): Promise<boolean> {
  const used = await ctx.db
    .updateTable('invitations')
    .set({ used_at: ctx.now() })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now())
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

export async function deleteInvitations(ctx: Ctx, profileId: string): Promise<void> {
  await ctx.db.deleteFrom('invitations').where('profile_id', '=', profileId).execute();
}

export type Member = { id: string; organisation: string; role: Role; name: string; address: string; status: string; hasPassword: boolean };

/** Those who hold a role, by its id, 1 000 at a time from `after` on. */
export async function listMembers(ctx: Ctx, asked: { organisationId: string | undefined; after: string | undefined }): Promise<Member[]> {
  const rows = await ctx.db
    .selectFrom('memberships')
    .innerJoin('organisations', 'organisations.id', 'memberships.organisation_id')
    .innerJoin('personas', 'personas.id', 'memberships.persona_id')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .leftJoin('sign_in_methods', (join) =>
      join.onRef('sign_in_methods.profile_id', '=', 'profiles.id').on('sign_in_methods.kind', '=', 'password').on('sign_in_methods.disabled_at', 'is', null),
    )
    .select(['memberships.id', 'memberships.role', 'memberships.status', 'organisations.slug', 'personas.address'])
    .select(['profiles.display_name', 'profiles.status as profile_status', 'sign_in_methods.id as method_id'])
    .$if(asked.organisationId !== undefined, (members) => members.where('memberships.organisation_id', '=', asked.organisationId ?? ''))
    .$if(asked.after !== undefined, (members) => members.where('memberships.id', '>', asked.after ?? ''))
    .orderBy('memberships.id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organisation: row.slug,
    role: roles.find((role) => role === row.role) ?? 'collaborator',
    name: row.display_name ?? '',
    address: row.address,
    status: row.profile_status === 'suspended' ? 'suspended' : row.status,
    hasPassword: row.method_id !== null,
  }));
}
