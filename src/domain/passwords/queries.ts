import { sql } from 'kysely';
import type { Ctx } from '#context';

export type PasswordRecord = { id: string; secret: string };

export async function findPasswordRecord(ctx: Ctx, profileId: string): Promise<PasswordRecord | undefined> {
  const row = await ctx.db
    .selectFrom('sign_in_methods')
    .select(['id', 'secret'])
    .where('profile_id', '=', profileId)
    .where('kind', '=', sql.lit('password'))
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row?.secret ? { id: row.id, secret: row.secret } : undefined;
}

/** Whether the profile can sign in by password. */
export async function hasPassword(ctx: Ctx, profileId: string): Promise<boolean> {
  return (await findPasswordRecord(ctx, profileId)) !== undefined;
}

/** Keeps a record that `ctx.hasher` made. One password a profile: two changes at the same time leave the later one. */
export async function storePassword(ctx: Ctx, { profileId, secret }: { profileId: string; secret: string }): Promise<void> {
  await ctx.db
    .insertInto('sign_in_methods')
    .values({ id: ctx.newId(), profile_id: profileId, kind: 'password', secret, created_at: ctx.now() })
    .onConflict((conflict) =>
      conflict
        .column('profile_id')
        .where('kind', '=', sql.lit('password'))
        .where('disabled_at', 'is', null)
        .doUpdateSet({ secret, created_at: ctx.now(), last_used_at: null }),
    )
    .execute();
}

/** Notes the use; `secret` replaces the record only if nobody changed the password since it was read. */
export async function updatePasswordUsed(ctx: Ctx, record: PasswordRecord, secret: string): Promise<void> {
  await ctx.db
    .updateTable('sign_in_methods')
    .set({ last_used_at: ctx.now(), secret })
    .where('id', '=', record.id)
    .where('secret', '=', record.secret)
    .execute();
}
